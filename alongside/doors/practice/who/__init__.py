"""Who stands where: who belongs to a family, since when and by whom; the talk about who may see what; protection;
being away; handing over, ending and beginning again."""
