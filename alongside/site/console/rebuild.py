"""`alongside rebuild`: empty the registers and fold every entry again; with --check only look."""

from alongside.site.console.progress import families


def add(subparsers):
    """--check."""
    parser = subparsers.add_parser("rebuild", help="make the registers again from the record")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when a register is not what the record says"
    )
    return parser


def run(args):
    """0 when every register was right, or was made right; 1 when --check found one that is not."""
    from django.conf import settings

    from alongside.record.registers import rebuild
    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    same = rebuild(check=args.check, told=families)
    for table, equal in sorted(same.items()):
        print(f"{table}: {'right' if equal else 'not right' if args.check else 'made right'}")
    return 1 if args.check and not all(same.values()) else 0
