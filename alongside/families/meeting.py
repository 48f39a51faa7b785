"""Meeting somebody: a first entry in a family, with what is known of them and no more; and what is said later."""

from collections.abc import Sequence

from django.db import connection, transaction

from alongside import dates
from alongside.families.person import GENDERS
from alongside.families.telling import Told, line, used
from alongside.record.appending import person as new_person
from alongside.record.statement import Receipt, Refused, Statement

GROUPS = ("family", "network")


def met_statement(
    told: Told, *, person: int, name: str, called: str = "", role: str = "", lang: str = "en", group: str = "family",
    born: dates.Partial = dates.UNSAID, unborn: bool = False,
) -> Statement:  # fmt: skip
    """The statement that somebody is met here. `role`: who they are here, in own words. `unborn`: `born` is the
    day that is expected. Raises Refused: no-name, line-too-long, unknown-form."""
    name = line(name, needed="no-name")
    if group not in GROUPS:
        raise Refused("unknown-form")
    role = line(role)
    body = {
        "person": person, "name": name, "called": line(called) or first_name(name), "group": group,
        "role": {lang: role} if role else None, "expected" if unborn else "born": born.text,
    }  # fmt: skip
    return told.statement("families.met", body)


def first_name(name: str) -> str:
    """What somebody is called in a sentence when nothing else was said: the first word of the name."""
    return name.split(",")[0].split()[0] if name.strip(", ") else name


def met(*, told: Told, name: str, same: int | None = None, at: int, once: str, **more) -> list[Receipt]:
    """Somebody is met in this family: a new anchor, or `same`, somebody met in another family of the writer.

    Nothing of the other family comes along. `more`: as met_statement. Sent twice it is one person.
    Raises Refused: no-name, other-words, and what Told.may refuses.
    """
    told.may()
    line(name, needed="no-name")
    family = told.by.family
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number = %s", [family])
        if used(told.by.person, family, once):
            return []
        number = same if same is not None else new_person()
        return told.say(met_statement(told, person=number, name=name, **more), at=at, once=once)


def named(*, told: Told, person: int, name: str, called: str = "", at: int, once: str) -> list[Receipt]:
    """A name somebody uses from now on; the one before stays in the record. Raises Refused: no-name."""
    name = line(name, needed="no-name")
    body = {"person": person, "name": name, "called": line(called) or first_name(name)}
    return told.say(told.statement("families.name", body), at=at, once=once)


def born(*, told: Told, person: int, day: dates.Partial, unborn: bool, at: int, once: str) -> list[Receipt]:
    """When somebody was born, as exactly as it is known; or, `unborn`, when they are expected. Raises: no-day."""
    if not day:
        raise Refused("no-day")
    body = {"person": person, "expected" if unborn else "born": day.text}
    return told.say(told.statement("families.born", body), at=at, once=once)


def died(*, told: Told, person: int, day: dates.Partial, at: int, once: str) -> list[Receipt]:
    """When somebody died. Raises Refused: no-day."""
    if not day:
        raise Refused("no-day")
    return told.say(told.statement("families.died", {"person": person, "died": day.text}), at=at, once=once)


def speaks(
    *, told: Told, person: int, languages: Sequence[str], interpreter: bool, who: str, at: int, once: str
) -> list[Receipt]:
    """What somebody speaks, in order; whether an interpreter is needed, and who (never a child).

    Raises Refused: no-language.
    """
    if not languages:
        raise Refused("no-language")
    body = {"person": person, "languages": list(dict.fromkeys(languages))}
    if interpreter:
        body |= {"interpreter": True, "who": line(who)}
    return told.say(told.statement("families.languages", body), at=at, once=once)


def gender(*, told: Told, person: int, gender: str, at: int, once: str) -> list[Receipt]:
    """Whether somebody is a woman, a man, or both, neither or another; said only if somebody wants it drawn.

    Raises Refused: nothing-chosen.
    """
    if gender not in GENDERS:
        raise Refused("nothing-chosen")
    return told.say(told.statement("families.gender", {"person": person, "gender": gender}), at=at, once=once)
