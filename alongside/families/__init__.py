"""The people of a family: the names they use, how they belong together and who says so, where they live,
and the safe way to reach each of them."""
