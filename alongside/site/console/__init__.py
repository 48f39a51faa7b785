"""The command `alongside`. Each module here with `add` is one subcommand; nothing lists them.

A subcommand has `add(subparsers)`, which makes its parser and returns it, and `run(args) -> int`, the exit
code. Django is set up before `run`, so what needs models is imported inside `run`. Raise
`alongside.site.problem.Problem` with a sentence for what the person at the keyboard can mend.
"""
