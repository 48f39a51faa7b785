"""The state of the machine in plain words: what is, and what to do where something is to be done."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import dates
from alongside.doors.office.machine import Log, Machine

GB, MB = 1_000_000_000, 1_000_000
LITTLE_ROOM = 2 * GB  # free
STILL = dt.timedelta(minutes=2)  # the ticker passes each second
MAIL_WAITS = dt.timedelta(hours=2)
OLD_BACKUP = dt.timedelta(days=2)
OLD_CHECKPOINT = dt.timedelta(days=2)
OLD_LIBRARIES = dt.timedelta(days=90)  # docs/running/libraries.md
TASKS = {
    "settle": lambda: _("putting what was written into the record"),
    "tell": lambda: _("telling people that there is something to read"),
    "log_looking": lambda: _("writing down who has looked"),
    "measure": lambda: _("writing numbers for those who watch the machine"),
    "seal_the_log": lambda: _("signing the log of what was received"),
    "ask_the_provider": lambda: _("asking the identity provider about open visits"),
}


@dataclass(frozen=True, slots=True)
class Says:
    """One part. `is_so`: what is; `todo`: what to do, or ''."""

    title: str
    is_so: str
    todo: str = ""


def says(one: Machine, *, zone: dt.tzinfo, lang: str) -> tuple[Says, ...]:
    """All parts, in the order in which they are asked for on a telephone."""

    def when(moment: dt.datetime) -> str:
        local = moment.astimezone(zone).replace(tzinfo=None)
        today = one.now.astimezone(zone).date()
        return dates.show(dates.on(local.replace(second=0, microsecond=0)), lang, today, True)

    return (
        _database(one),
        _room(one),
        _work(one, when),
        _mail(one, when),
        _backup(one, when),
        _log(one, when),
        *_provider(one, when),
        _version(one),
        _others(one, zone, lang),
    )


def _provider(one: Machine, when) -> tuple[Says, ...]:
    """Sign-in through an identity provider, where one is set."""
    if one.provider is None:
        return ()
    title, asked = _("Sign-in through %(name)s") % {"name": one.provider.name}, one.provider.asked
    if asked is None:
        return (Says(title, _("It was not asked since the server was started.")),)
    if not one.provider.why:
        return (Says(title, _("It answered last on %(when)s.") % {"when": when(asked)}),)
    said = _("It does not answer as it should. Asked last on %(when)s.") % {"when": when(asked)}
    todo = _("Nobody new comes in by it until it answers. Ring IT and read them this: %(said)s")
    return (Says(title, said, todo % {"said": one.provider.why}),)


def _version(one: Machine) -> Says:
    return Says(_("Version"), one.version or _("This copy does not say its version."))


def _others(one: Machine, zone: dt.tzinfo, lang: str) -> Says:
    """The libraries this is made of."""
    title, today = _("Parts of this program that others made"), one.now.astimezone(zone).date()
    if one.others is None:
        return Says(title, _("This copy does not say when they were last compared with newer versions."))
    day = dates.show(dates.on(one.others), lang, today, True)
    said = _("Its makers last compared them with newer versions on %(day)s.") % {"day": day}
    old = _("That is long ago, and weaknesses become known. Ask IT whether there is a newer version of Alongside.")
    return Says(title, said, old if today - one.others > OLD_LIBRARIES else "")


def _database(one: Machine) -> Says:
    title = _("The database")
    if one.database.wrong:
        said = " ".join(one.database.wrong)
        return Says(
            title, _("Something is wrong with the database."),
            _("Write nothing more now. Ring IT and read them this: %(said)s") % {"said": said},
        )  # fmt: skip
    engine = one.database.engine or _("The engine does not say its version.")
    return Says(title, _("%(engine)s, encrypted. What was received cannot be changed or removed.") % {"engine": engine})


def size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count // GB} GB" if count >= 10 * GB else f"{max(1, count // MB)} MB"


def _room(one: Machine) -> Says:
    title, room = _("Room on the disk"), one.room
    if room.free is None:
        todo = _("Ask IT to look at the disk and at who may read the data folder.")
        return Says(title, _("The data folder cannot be looked at."), todo)
    said = _("%(free)s are free.") % {"free": size(room.free)}
    if room.taken is not None:
        said = _("The data folder takes %(taken)s; %(free)s are free.") % {
            "taken": size(room.taken), "free": size(room.free)
        }  # fmt: skip
    little = _("There is little room. Ask IT for more today: when the disk is full, nothing can be written.")
    return Says(title, said, little if room.free < LITTLE_ROOM else "")


def _work(one: Machine, when) -> Says:
    title, restart = _("Work in the background"), _("Ask IT to start the server again.")
    if one.beat is None:
        return Says(title, _("It has not run since the server was started."), restart)
    if one.now - one.beat.at > STILL:
        return Says(title, _("It ran last on %(when)s.") % {"when": when(one.beat.at)}, restart)
    failed = [TASKS[name]() if name in TASKS else name for name in one.beat.failed]
    if failed:
        words = _("It runs, but this fails: %(tasks)s.") % {"tasks": ", ".join(failed)}
        return Says(title, words, _("Ask IT to look at the server’s log. What was written waits and is not lost."))
    return Says(title, _("It runs."))


def _mail(one: Machine, when) -> Says:
    title, mail = _("Notices on their way out"), one.mail
    if not mail.readable:
        return Says(
            title, _("The folder “outgoing” cannot be read."),
            _("Ask IT who may read the data folder. Until then nobody is told that there is something to read."),
        )  # fmt: skip
    if mail.oldest is None:
        return Says(title, _("None waits."))
    words = ngettext("%(n)s waits, since %(when)s.", "%(n)s wait, the oldest since %(when)s.", mail.waiting)
    said = words % {"n": mail.waiting, "when": when(mail.oldest)}
    stuck = _("Nobody has fetched it. Ask IT whether the gateway for texts and mail runs.")
    return Says(title, said, stuck if one.now - mail.oldest > MAIL_WAITS else "")


def _backup(one: Machine, when) -> Says:
    title = _("Last backup")
    if one.backup is None:
        return Says(
            title, _("Nobody has noted a backup."),
            _("Ask IT whether there is one. When a backup is done, it touches the file “last-backup” in the data "
              "folder, and the day stands here."),
        )  # fmt: skip
    old = one.now - one.backup > OLD_BACKUP
    said = _("Noted on %(when)s.") % {"when": when(one.backup)}
    return Says(title, said, _("That is a while ago. Ask IT whether the backup still runs.") if old else "")


def _log(one: Machine, when) -> Says:
    title, log = _("The log of what was received"), one.log
    print_one = _("Print one with “alongside checkpoint”, give it to somebody outside the office, and note it there.")
    if log is None:
        return Says(title, _("It cannot be looked at."), _("Ask IT to look at the server’s log."))
    if log.signed is None:
        return Says(title, _("It has not been signed yet. The server does it by itself."))
    signed = " ".join([_("Signed last on %(when)s.") % {"when": when(log.signed)}, *_again(log, when)])
    if log.outside is None:
        nobody = _("Nobody outside has a checkpoint.")
        return Says(title, f"{signed} {nobody}", print_one)
    age = one.now - log.outside
    said = _("The last checkpoint somebody outside has: %(age)s (%(who)s).") % {"age": _ago(age), "who": log.by}
    return Says(title, f"{signed} {said}", print_one if age > OLD_CHECKPOINT else "")


def _again(log: Log, when) -> list[str]:
    """That it was begun again, for ever; nothing where it never was."""
    if log.begun is None:
        return []
    if log.lost:
        words = _("It was begun again on %(when)s, and something that was received before may not be here.")
    else:
        words = _("It was begun again on %(when)s, and nothing that was received before is missing.")
    return [words % {"when": when(log.begun)}]


def _ago(age: dt.timedelta) -> str:
    """An age in words."""
    if age < dt.timedelta(hours=1):
        return _("less than an hour ago")
    if age < dt.timedelta(days=1):
        hours = age // dt.timedelta(hours=1)
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    return ngettext("%(n)s day ago", "%(n)s days ago", age.days) % {"n": age.days}
