"""Who gets in, and who stands where.

Accounts and visits, the relationships people have to families (each granted by somebody, with a reason),
the hazard that is put on one reader for the safety of others, and building the Reader every page needs.
"""
