"""Views of the practice door, by what a person came to do: read, answer, set up."""
