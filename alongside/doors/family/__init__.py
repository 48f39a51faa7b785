"""The family's door: the room of one person among the people of a family. Parents, young people, relatives
and friends come in here; they read what is theirs, answer it, and write in their own words."""
