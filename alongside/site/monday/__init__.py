"""`alongside monday`: a municipality's Monday against one server: invented people read, write, answer, for minutes.

The people are threads of this process, the server is `alongside serve` in a process of its own, as in an office.
What counts is that nothing goes wrong, that nothing acknowledged is lost, and that memory stays (docs/proofs.md).
"""
