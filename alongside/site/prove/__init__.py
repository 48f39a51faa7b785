"""`alongside prove`: the claims, each as a figure that this machine has just found out by itself.

The figures are said by the tests themselves, through the fixture `proven`; the suites here are run by pytest, at a
size that fits a minute or at the size of a release, and what they said is gathered (docs/proofs.md).
"""
