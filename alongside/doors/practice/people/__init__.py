"""The people of a family, one by one: adding somebody, what is known of each and who says so, a journal of a child,
and opening a family."""
