"""`alongside serve`: bring the tables up to date and serve until told to stop."""

from pathlib import Path

from alongside.site.console.words import number_to


def add(subparsers):
    """--port (default 8000) or --socket, --threads (default 8)."""
    parser = subparsers.add_parser("serve", help="serve the data folder to browsers")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--port", type=number_to(65_535), default=8000, metavar="N", help="default: 8000")
    where.add_argument("--socket", type=Path, metavar="FILE", help="for a proxy on this machine: a socket file instead")
    parser.add_argument(
        "--threads", type=number_to(256), default=8, metavar="N", help="pages made at once (default: 8)"
    )
    return parser


def run(args):
    """Serve; returns only when the data folder, the port or the socket is not to be had (as a Problem)."""
    from django.conf import settings

    from alongside import clock
    from alongside.access import bounds
    from alongside.site import prepare, server
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f'There is no office in {settings.DATA} yet. "alongside init --data {settings.DATA}" begins one.')

    prepare.hold(settings.DATA)
    waiting = server.listen_at(args.socket.absolute()) if args.socket else server.listen(args.port)
    prepare.undisturbed()
    prepare.tables()
    bounds.tidy(at=clock.micros(clock.now()))
    prepare.look()
    prepare.settle()
    server.serve(waiting, threads=args.threads)
    return 0
