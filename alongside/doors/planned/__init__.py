"""The plan's pages, which are the same in the practice's and the family's door: what differs is who reads, what the
page is framed by, and what may be said there. Each door has its own addresses."""
