"""What follows from the statements of the data: names, grants, ties, homes and safe ways.

A name is met by those who read a statement in which its bearer appears, and by nobody else; a relationship
begins on the first day something was meant for somebody.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alongside import clock
from alongside.access.grants import granted
from alongside.access.roles import appointed
from alongside.cast.said import id_of
from alongside.cast.story import (
    BEFORE,
    MILLI,
    MINUTE,
    OFFICE,
    SECOND,
    Act,
    World,
    about,
    data,
    micros,
    number,
    numbers,
    persons,
    staff_of,
)  # fmt: skip
from alongside.record.statement import Statement


def office() -> Iterator[Act]:
    """Who works here: the office's own record, open to everybody who has an account."""
    base = clock.micros(BEFORE)
    for place, (who, person) in enumerate(persons().items()):
        if person["group"] in ("staff", "stranger", "panel"):
            met = Statement("families.met", _met_body(who))
            yield Act(0, f"0/met/{who}", base + place * MILLI, OFFICE, (met,))


def roles() -> Iterator[Act]:
    """What everybody is in the office."""
    base = clock.micros(BEFORE) + SECOND
    for place, (who, roles) in enumerate(about()["roles"].items()):
        unit = about()["units"].get(who, "")
        said = [
            appointed(number(who), role, unit=unit, of=number(of) if of else None)
            for role, _, of in (one.partition(" of ") for one in roles)
        ]
        yield Act(0, f"0/roles/{who}", base + place * MILLI, OFFICE, tuple(said))


def _met_body(who: str) -> dict[str, Any]:
    person, said = persons()[who], about()["people"][who]
    body = {
        "person": numbers()[who], "name": person["name"], "called": said["called"],
        "role": {"en": said["en"], "nb": said["nb"]}, "group": person["group"],
        "languages": list(person.get("languages", ())), "born": person.get("born"), "died": person.get("died"),
        "unit": about()["units"].get(who, ""), "gender": _gender(who),
    }  # fmt: skip
    return {key: value for key, value in body.items() if value not in (None, "", [])}


def _gender(who: str) -> str:
    return next((gender for gender, some in about()["gender"].items() if who in some), "")


def _mentioned(entry: Mapping[str, Any]) -> set[str]:
    """Everybody whose name a reader of this entry meets beside its words."""
    inside = {
        entry["author"],
        entry["speaker"],
        *entry.get("via", ()),
        *entry["about"],
        *entry.get("ratings", {}),
    }
    return inside | ({entry["interpreter"]} if "interpreter" in entry else set())


def _who_may_know(family: int, entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, set[str], bool]]:
    """For each person: the moment of the first mention, who meets the name, and whether it is sealed.

    What is for a few tells nothing to the others, not even by its date: where somebody is also mentioned to
    the whole team, the first such day counts.
    """
    known: dict[str, tuple[int, set[str], bool]] = {}
    for entry in sorted(entries, key=lambda entry: entry["mark"] != "team"):
        at = micros(entry["recorded"])
        for who in _mentioned(entry) | set(entry["readers"]):
            moment, readers, sealed = known.get(who, (at, set(), True))
            if who in _mentioned(entry):
                readers = readers | set(entry["readers"])
                sealed = sealed and entry["mark"] == "sealed"
            known[who] = (moment, readers | {who} if who in entry["readers"] else readers, sealed)
    return known


def _open_to(family: int, readers: set[str], sealed: bool, author: int) -> dict[str, Any]:
    """Mark and named readers for what only these people may know."""
    staff = staff_of(family)
    kin_and_others = tuple((number(who), "addressed") for who in sorted(readers, key=number))
    mark = "team" if staff <= readers else ("sealed" if sealed else "persons")
    if mark == "team" and not sealed:
        kin_and_others = tuple((number(who), "addressed") for who in sorted(readers - staff, key=number))
    return {"mark": mark if not sealed else "sealed", "readers": kin_and_others}


def names(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    for who, (first, readers, sealed) in _who_may_know(family, entries).items():
        if persons()[who]["group"] in ("staff", "stranger", "panel") or not readers:
            continue
        met = Statement("families.met", _met_body(who), **_open_to(family, readers, sealed, OFFICE))
        yield Act(family, f"{family}/met/{who}", first - 20 * SECOND + number(who) * MILLI, OFFICE, (met,))


def kin(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """The names of those who are told of in a tie alone: for those who read it. Not where somebody is protected."""
    if str(family) in about()["hazard"]:
        return
    known, told = _who_may_know(family, entries), {}
    for tie in data()["tie"]:
        for who in (*tie["a"], *tie["b"]) if tie["family"] == family else ():
            if who not in known:
                told.setdefault(who, []).append(tie)
    standing = set(about()["relationships"][str(family)]) - staff_of(family)
    for who, ties in told.items():
        readers = {one for tie in ties for one in (tie["said_by"], *tie["a"], *tie["b"])} & standing
        at = max(min(micros(f"{tie['said_on']}T19:00") for tie in ties), _begun(family)) - 20 * SECOND
        met = Statement("families.met", _met_body(who), **_open_to(family, readers | staff_of(family), False, OFFICE))
        yield Act(family, f"{family}/met/{who}", at + number(who) * MILLI, OFFICE, (met,))


def grants(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Who stands in the family from the first day it was meant for them."""
    only = about()["only"].get(str(family), {})
    known = _who_may_know(family, entries)
    for who, kind in about()["relationships"][str(family)].items():
        mine = [entry for entry in entries if who in entry["readers"]]
        days = [micros(entry["recorded"]) for entry in mine if entry["mark"] == "team"]
        days = days or [micros(entry["recorded"]) for entry in mine]
        if not days:
            continue
        _, readers, sealed = known.get(who, (0, {who}, False))
        if str(family) in about()["hazard"] and who not in about()["units"]:
            readers = staff_of(family)  # who has a room here is nobody's business but their own and their helpers'
        grant = granted(number(who), kind, to=number(only[who]) if who in only else None)
        opened = _open_to(family, readers | {who}, sealed, OFFICE)
        grant = Statement(grant.kind, grant.body, **opened)
        yield Act(family, f"{family}/grant/{who}", min(days) - 10 * SECOND + number(who) * MILLI, OFFICE, (grant,))


def protection(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """The second person of the hazard, and that it was looked at again with what is sealed (R96)."""
    hazard = about()["hazard"].get(str(family))
    on = next((e for e in entries if hazard and e["n"] == hazard["entry"]), None)
    if on is None:
        return
    looked = [e for e in entries if e["kind"] == "access.sealed-reviewed"]
    steps = [(hazard["second"], "confirmed", on), *((e["author"], "reviewed", e) for e in looked)]
    for who, what, entry in steps:
        named = tuple((number(one), "addressed") for one in on["readers"])
        said = Statement(f"access.hazard-{what}", {}, thing=id_of(family, on["n"]), mark=on["mark"], readers=named)
        at = micros(entry["recorded"]) + 3 * SECOND
        yield Act(family, f"{family}/protection/{what}/{entry['n']}", at, number(who), (said,))


def _first_sealed(family: int) -> str:
    days = [e["recorded"] for e in data()["entry"] if e["family"] == family and e["mark"] == "sealed"]
    return min(days, default="9999")


def _circle(family: int, day: str, *who: str) -> dict[str, Any]:
    """Who a tie or a home is for: those in it and the helpers; once anything is sealed, the teller alone."""
    hidden = day >= _first_sealed(family)[:10]
    standing = set(about()["relationships"][str(family)]) - staff_of(family)
    named = {one for one in (who[:1] if hidden else who) if one in standing}
    return _open_to(family, named | staff_of(family), hidden, OFFICE)


def ties_and_homes(family: int, world: World) -> Iterator[Act]:
    told = {entry["kind"]: entry for entry in world.entries if entry["family"] == family}
    for place, tie in enumerate([*data()["tie"], *about()["tie"]]):
        if tie["family"] != family or tie["kind"] in ("grandmother-in-own-words", "not-related"):
            continue  # these two are statements of the data
        body = {
            "tie": tie["kind"], "a": [number(w) for w in tie["a"]], "b": [number(w) for w in tie["b"]],
            "from": tie.get("from"), "until": tie.get("until"), "note": tie.get("note"),
        }  # fmt: skip
        at = max(micros(f"{tie['said_on']}T19:00"), _begun(family)) + place * MILLI
        opened = _circle(family, tie["said_on"], tie["said_by"], *tie["a"], *tie["b"])
        said = Statement(
            "families.tie", {k: v for k, v in body.items() if v is not None}, speaker=number(tie["said_by"]),
            basis="told", **opened,
        )  # fmt: skip
        yield Act(family, f"{family}/tie/{place}", at, number("kari"), (said,))
    if not told:
        return
    for place, home in enumerate(data()["home"]):
        if home["family"] != family or home["sealed"]:
            continue
        body = {
            "name": home["name"], "place": home["place"], "who": [number(w) for w in home["who"]], "from": home["from"],
        }  # fmt: skip
        day = "2024-12-04" if family == 3 else "2025-03-25"
        opened = _circle(family, day, *home["who"])
        at = micros(f"{day}T19:30") + place * MILLI
        yield Act(
            family,
            f"{family}/home/{place}",
            at,
            number("kari"),
            (Statement("families.home", body, **opened),),
        )


def _begun(family: int) -> int:
    return min(micros(e["recorded"]) for e in data()["entry"] if e["family"] == family) + MINUTE // 2


def safe_ways(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """How to reach each one, for the helpers and the person alone. In family 3 only what is no secret."""
    for who, kind in about()["relationships"][str(family)].items():
        reach = persons()[who].get("reach")
        if kind not in ("child", "parent", "network") or not reach or (family == 3 and who != "morten"):
            continue
        at = _begun(family) + 30 * 24 * 60 * MINUTE + number(who) * MILLI
        body = {"person": number(who), "words": [{"lang": "nb" if family == 2 else "en", "text": reach}]}
        named = {who} | staff_of(family) | ({"marit"} if who == "morten" else set())
        said = Statement("families.safe-contact", body, basis="told", **_open_to(family, named, False, OFFICE))
        if who == "morten":
            at = micros("2025-04-03T12:00")
        yield Act(family, f"{family}/reach/{who}", at, number("kari"), (said,))
