"""The account on one page (R115): each helper answers for what they promised; the family says enough or not."""
