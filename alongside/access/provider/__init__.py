"""Coming in through the municipality's identity provider: for those who work here, never for families.

Who somebody is there says who they are here only after they connected the two themselves, having come in another way.
Closed there is closed here.
"""
