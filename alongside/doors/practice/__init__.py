"""The door of those who work with families: their families, one family, its story, its people, one note."""
