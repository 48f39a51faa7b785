"""Puts the cast into an empty record, act by act, with the same verbs and the same gate as everything else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from alongside import dates, ids
from alongside.access.grants import granted
from alongside.cast import accounts
from alongside.cast.story import (
    BEFORE, FORM, MILLI, MINUTE, PROMISE, SECOND, Act, World, about, clock, data, micros, numbers, persons, staff_of,
)  # fmt: skip
from alongside.record.appending import append, open_family
from alongside.record.marks import beside
from alongside.record.statement import MARKS, Statement

OFFICE = 1


def load(told: Callable[[str, int, int], None] | None = None, *, world: World | None = None) -> int:
    """Write the whole cast; returns how many statements of the data went in. Says how far it is by `told`."""
    world = world or World()
    anchors()
    everything = sorted(acts(world), key=lambda act: (act.at, act.key))
    for done, act in enumerate(everything, 1):
        write(act)
        if told and (done % 10 == 0 or done == len(everything)):
            told("the invented families", done, len(everything))
    accounts.make()
    return len(world.entries)


def anchors() -> None:
    """The persons and the empty streams, the same in every world."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, number in {"the office": OFFICE, **numbers()}.items():
            with ids.seeded(f"cast/person/{name}"):
                cursor.execute("INSERT INTO record_person (number, id) VALUES (%s, %s)", [number, ids.new()])
    for family in (0, 1, 2, 3):
        with ids.seeded(f"cast/family/{family}"):
            open_family(family)


def write(act: Act) -> None:
    """One act into the record, with identities that follow from its key alone."""
    with ids.seeded(f"cast/{act.key}"):
        append(act.statements, family=act.family, by=act.by, once=act.key, at=act.at)


def acts(world: World) -> Iterator[Act]:
    """Every act of this world, in no order."""
    yield from _office()
    for family in (1, 2, 3):
        entries = [entry for entry in world.entries if entry["family"] == family]
        yield from _names(family, entries)
        yield from _grants(family, entries)
        yield from _ties_and_homes(family, world)
        yield from _safe_ways(family, entries)
        for entry in entries:
            yield _said(entry, world)
        yield from _pins(family, entries)


def _office() -> Iterator[Act]:
    """Who works here: the office's own record, open to everybody who has an account."""
    base = clock.micros(BEFORE)
    for place, (who, person) in enumerate(persons().items()):
        if person["group"] in ("staff", "stranger", "panel"):
            met = Statement("families.met", _met_body(who))
            yield Act(0, f"0/met/{who}", base + place * MILLI, OFFICE, (met,))


def _met_body(who: str) -> dict[str, Any]:
    person, said = persons()[who], about()["people"][who]
    body = {
        "person": numbers()[who], "name": person["name"], "called": said["called"],
        "role": {"en": said["en"], "nb": said["nb"]}, "group": person["group"],
        "languages": list(person.get("languages", ())), "born": person.get("born"), "died": person.get("died"),
        "unit": about()["units"].get(who, ""),
    }  # fmt: skip
    return {key: value for key, value in body.items() if value not in (None, "", [])}


def _mentioned(entry: Mapping[str, Any]) -> set[str]:
    """Everybody whose name a reader of this entry meets beside its words."""
    inside = {entry["author"], entry["speaker"], *entry.get("via", ()), *entry["about"], *entry.get("ratings", {})}
    return inside | ({entry["interpreter"]} if "interpreter" in entry else set())


def _place(who: str) -> int:
    return numbers()[who]


def _who_may_know(family: int, entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, set[str], bool]]:
    """For each person: the moment of the first mention, who meets the name, and whether it is sealed."""
    known: dict[str, tuple[int, set[str], bool]] = {}
    for entry in entries:
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
    kin_and_others = tuple((_place(who), "addressed") for who in sorted(readers, key=_place))
    mark = "team" if staff <= readers else ("sealed" if sealed else "persons")
    if mark == "team" and not sealed:
        kin_and_others = tuple((_place(who), "addressed") for who in sorted(readers - staff, key=_place))
    return {"mark": mark if not sealed else "sealed", "readers": kin_and_others}


def _names(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    for who, (first, readers, sealed) in _who_may_know(family, entries).items():
        if persons()[who]["group"] in ("staff", "stranger", "panel") or not readers:
            continue
        met = Statement("families.met", _met_body(who), **_open_to(family, readers, sealed, OFFICE))
        yield Act(family, f"{family}/met/{who}", first - 20 * SECOND + _place(who) * MILLI, OFFICE, (met,))


def _grants(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Who stands in the family from the first day it was meant for them."""
    only = about()["only"].get(str(family), {})
    known = _who_may_know(family, entries)
    for who, kind in about()["relationships"][str(family)].items():
        days = [micros(entry["recorded"]) for entry in entries if who in entry["readers"]]
        if not days:
            continue
        _, readers, sealed = known.get(who, (0, {who}, False))
        grant = granted(_place(who), kind, to=_place(only[who]) if who in only else None)
        opened = _open_to(family, readers | {who}, sealed, OFFICE)
        grant = Statement(grant.kind, grant.body, **opened)
        yield Act(family, f"{family}/grant/{who}", min(days) - 10 * SECOND + _place(who) * MILLI, OFFICE, (grant,))


def _first_sealed(family: int) -> str:
    days = [e["recorded"] for e in data()["entry"] if e["family"] == family and e["mark"] == "sealed"]
    return min(days, default="9999")


def _circle(family: int, day: str, *who: str) -> dict[str, Any]:
    """Who a tie or a home is for: those in it and the helpers; once anything is sealed, the teller alone."""
    hidden = day >= _first_sealed(family)[:10]
    standing = set(about()["relationships"][str(family)]) - staff_of(family)
    named = {one for one in (who[:1] if hidden else who) if one in standing}
    return _open_to(family, named | staff_of(family), hidden, OFFICE)


def _ties_and_homes(family: int, world: World) -> Iterator[Act]:
    told = {entry["kind"]: entry for entry in world.entries if entry["family"] == family}
    for place, tie in enumerate(data()["tie"]):
        if tie["family"] != family or tie["kind"] in ("grandmother-in-own-words", "not-related"):
            continue  # these two are statements of the data
        body = {
            "tie": tie["kind"], "a": [_place(w) for w in tie["a"]], "b": [_place(w) for w in tie["b"]],
            "from": tie.get("from"), "until": tie.get("until"), "note": tie.get("note"),
        }  # fmt: skip
        at = max(micros(f"{tie['said_on']}T19:00"), _begun(family)) + place * MILLI
        opened = _circle(family, tie["said_on"], tie["said_by"], *tie["a"], *tie["b"])
        said = Statement(
            "families.tie", {k: v for k, v in body.items() if v is not None}, speaker=_place(tie["said_by"]),
            basis="told", **opened,
        )  # fmt: skip
        yield Act(family, f"{family}/tie/{place}", at, _place("kari"), (said,))
    if not told:
        return
    for place, home in enumerate(data()["home"]):
        if home["family"] != family or home["sealed"]:
            continue
        body = {
            "name": home["name"], "place": home["place"], "who": [_place(w) for w in home["who"]], "from": home["from"],
        }  # fmt: skip
        day = "2024-12-04" if family == 3 else "2025-03-25"
        opened = _circle(family, day, *home["who"])
        at = micros(f"{day}T19:30") + place * MILLI
        yield Act(family, f"{family}/home/{place}", at, _place("kari"), (Statement("families.home", body, **opened),))


def _begun(family: int) -> int:
    return min(micros(e["recorded"]) for e in data()["entry"] if e["family"] == family) + MINUTE // 2


def _safe_ways(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """How to reach each one, for the helpers and the person alone. In family 3 only what is no secret."""
    for who, kind in about()["relationships"][str(family)].items():
        reach = persons()[who].get("reach")
        if kind not in ("child", "parent", "network") or not reach or (family == 3 and who != "morten"):
            continue
        at = _begun(family) + 30 * 24 * 60 * MINUTE + _place(who) * MILLI
        body = {"person": _place(who), "words": [{"lang": "nb" if family == 2 else "en", "text": reach}]}
        named = {who} | staff_of(family) | ({"marit"} if who == "morten" else set())
        said = Statement("families.safe-contact", body, basis="told", **_open_to(family, named, False, OFFICE))
        if who == "morten":
            at = micros("2025-04-03T12:00")
        yield Act(family, f"{family}/reach/{who}", at, _place("kari"), (said,))


def kind_of(entry: Mapping[str, Any]) -> str:
    """The record's name of a kind in the data: promises have a room of their own here."""
    room, _, name = entry["kind"].partition(".")
    return PROMISE[name.removeprefix("promise-")] if name.startswith("promise-") else f"{room}.{name}"


def _because(entry: Mapping[str, Any], who: str, hazarded: bool) -> str:
    if entry["kind"] == "dialogue.released":
        return "released"
    if hazarded or entry["kind"] in ("dialogue.letter", "dialogue.praise", "concerns.feedback"):
        return "addressed"
    return "present" if who == entry["speaker"] or who in entry["about"] else "addressed"


def _body(entry: Mapping[str, Any]) -> dict[str, Any]:
    words = [{"lang": lang, "text": entry[f"text_{lang}"]} for lang in ("en", "nb") if f"text_{lang}" in entry]
    kept = "due value review why approved told_before by_side logic rendering interpreter".split()
    body: dict[str, Any] = {"words": words, **{key: entry[key] for key in kept if key in entry}}
    if "interpreter" in entry:
        body["interpreter"] = _place(entry["interpreter"])
    if "ratings" in entry:
        body["ratings"] = [[_place(who), value] for who, value in entry["ratings"].items()]
    if "form" in entry:
        body["form"] = FORM[entry["form"]]
    if "lang" in entry:
        body["spoken"] = entry["lang"]
    hazard = about()["hazard"].get(str(entry["family"]))
    if hazard and hazard["entry"] == entry["n"]:
        body["person"] = _place(hazard["person"])
    return body


def _said(entry: Mapping[str, Any], world: World) -> Act:
    """One statement of the data as an act; what answers something narrower stands beside it."""
    family, n = entry["family"], entry["n"]
    hazard = about()["hazard"].get(str(family))
    staff = staff_of(family)
    so = dates.parse(entry["so"][:10] if "T" in entry["so"] else entry["so"], today=TODAY_DAY, lang="en")
    readers = []
    for who in entry["readers"]:
        if who == entry["author"] or (who in staff and entry["mark"] in ("team", "professionals")):
            continue
        if entry["mark"] == "professionals":
            continue
        hazarded = bool(hazard) and hazard["person"] == who and n > hazard["entry"]
        readers.append((_place(who), _because(entry, who, hazarded)))
    links, asides = {}, []
    for link in ("within", "answers", "thing"):
        if link in entry:
            target = _entry(family, entry[link])
            if _fits(link, entry, target, family):
                links[link] = _id(family, target["n"])
            else:
                asides.append(target)
    statement = Statement(
        kind_of(entry), _body(entry), speaker=_place(entry["speaker"]),
        via=tuple(_place(who) for who in entry.get("via", ())), basis=entry["basis"], mark=entry["mark"],
        about=tuple(_place(who) for who in entry["about"]), readers=tuple(readers), so=entry["so"],
        so_first=so.first, so_last=so.last, learnt_at=entry["learnt"],
        written_at=micros(entry["written"]) if "written" in entry else None, **links,
    )  # fmt: skip
    said = [statement]
    for target in {aside["n"]: aside for aside in asides}.values():
        if entry["author"] in target["readers"]:
            named = [who for who in target["readers"] if target["mark"] in ("persons", "sealed") or who not in staff]
            if target["mark"] == "professionals":
                named = []
            said.append(
                beside(
                    _id(family, target["n"]), _id(family, n), mark=target["mark"],
                    readers=tuple((_place(who), "addressed") for who in named),
                )
            )  # fmt: skip
    return Act(family, f"{family}/{n}", micros(entry["recorded"]), _place(entry["author"]), tuple(said))


TODAY_DAY = clock.moment(micros("2026-11-20T16:00")).date()


def _entry(family: int, n: int) -> Mapping[str, Any]:
    return next(e for e in data()["entry"] if (e["family"], e["n"]) == (family, n))


def _id(family: int, n: int) -> str:
    """The id the statement has in every world."""
    with ids.seeded(f"cast/{family}/{n}"):
        return ids.new()


def _fits(link: str, entry: Mapping[str, Any], target: Mapping[str, Any], family: int) -> bool:
    """Whether the record's rule of inheritance lets this entry hang on that one."""
    allowed, readers = set(target["readers"]), set(entry["readers"]) | {entry["author"]}
    if link == "thing":
        return (readers, entry["mark"]) == (allowed | {entry["author"]}, target["mark"]) and entry["author"] in allowed
    narrower = MARKS.index(entry["mark"]) >= MARKS.index(target["mark"])
    return narrower and readers <= allowed


def _pins(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Sentences on the first page: put there a minute after they were written, by the one who wrote them down."""
    here = {entry["n"]: entry for entry in entries}
    staff = staff_of(family)
    for place, pin in enumerate(about()["pin"]):
        if pin["family"] != family or pin["n"] not in here:
            continue
        entry = here[pin["n"]]
        named = [w for w in entry["readers"] if w != entry["author"] and (w not in staff or entry["mark"] != "team")]
        body = {"on": pin["on"], **({"part": pin["part"]} if "part" in pin else {})}
        same = {
            "mark": entry["mark"], "readers": tuple((_place(who), "addressed") for who in named),
            "answers": _id(family, pin["n"]),
        }  # fmt: skip
        at = micros(entry["recorded"]) + 5 * SECOND + place * MILLI
        by = _place(entry["author"])
        yield Act(family, f"{family}/pin/{place}", at, by, (Statement("dialogue.pinned", body, **same),))
        if "until" in pin:
            off = Statement("dialogue.unpinned", {"on": pin["on"]}, **same)
            yield Act(family, f"{family}/unpin/{place}", micros(pin["until"]) + place * MILLI, by, (off,))
