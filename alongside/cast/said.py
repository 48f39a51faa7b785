"""Each statement of the data as an act, and the pins that put some of them on a family's first page."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside import dates, ids
from alongside.cast.story import (
    FORM,
    MILLI,
    PROMISE,
    SECOND,
    TODAY,
    Act,
    about,
    data,
    micros,
    number,
    staff_of,
)  # fmt: skip
from alongside.record.marks import beside
from alongside.record.statement import MARKS, Statement


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
    kept = "due value review why approved told_before by_side logic rendering interpreter on place terms".split()
    body: dict[str, Any] = {"words": words, **{key: entry[key] for key in kept if key in entry}}
    if "interpreter" in entry:
        body["interpreter"] = number(entry["interpreter"])
    if "there" in entry:
        body["there"] = [number(who) for who in entry["there"]]
    if "ratings" in entry:
        body["ratings"] = [[number(who), value] for who, value in entry["ratings"].items()]
    if "form" in entry:
        body["form"] = FORM[entry["form"]]
    if "lang" in entry:
        body["spoken"] = entry["lang"]
    hazard = about()["hazard"].get(str(entry["family"]))
    if hazard and hazard["entry"] == entry["n"]:
        body["person"] = number(hazard["person"])
    return body | _structure(entry)


def _structure(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan, its answer or a need says in points, where the demo knows it."""
    found = about()["structure"].get(str(entry["family"]), {}).get(str(entry["n"]), {})
    held: dict[str, Any] = dict(found)
    if "each" in held:
        held["each"] = [[number(who), text] for who, text in held["each"]]
    if "steps" in held:
        held["steps"] = [{**one, **({"who": number(one["who"])} if "who" in one else {})} for one in held["steps"]]
    return held


def said(entry: Mapping[str, Any]) -> Act:
    """One statement of the data as an act; what answers something narrower stands beside it."""
    family, n = entry["family"], entry["n"]
    hazard = about()["hazard"].get(str(family))
    staff = staff_of(family)
    so = dates.parse(entry["so"][:10] if "T" in entry["so"] else entry["so"], today=TODAY.date(), lang="en")
    readers = []
    for who in entry["readers"]:
        if who == entry["author"] or (who in staff and entry["mark"] in ("team", "professionals")):
            continue
        if entry["mark"] == "professionals":
            continue
        hazarded = bool(hazard) and hazard["person"] == who and n > hazard["entry"]
        readers.append((number(who), _because(entry, who, hazarded)))
    links, asides = {}, []
    for link in ("within", "answers", "thing"):
        if link in entry:
            target = _entry(family, entry[link])
            if _fits(link, entry, target, family):
                links[link] = id_of(family, target["n"])
            else:
                asides.append(target)
    statement = Statement(
        kind_of(entry), _body(entry), speaker=number(entry["speaker"]),
        via=tuple(number(who) for who in entry.get("via", ())), basis=entry["basis"], mark=entry["mark"],
        about=tuple(number(who) for who in entry["about"]), readers=tuple(readers), so=entry["so"],
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
                    id_of(family, target["n"]), id_of(family, n), mark=target["mark"],
                    readers=tuple((number(who), "addressed") for who in named),
                )
            )  # fmt: skip
    return Act(family, f"{family}/{n}", micros(entry["recorded"]), number(entry["author"]), tuple(said))


def _entry(family: int, n: int) -> Mapping[str, Any]:
    return next(e for e in data()["entry"] if (e["family"], e["n"]) == (family, n))


def id_of(family: int, n: int) -> str:
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


def pins(family: int, entries: list[Mapping[str, Any]]) -> Iterator[Act]:
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
            "mark": entry["mark"], "readers": tuple((number(who), "addressed") for who in named),
            "answers": id_of(family, pin["n"]),
        }  # fmt: skip
        at = micros(entry["recorded"]) + 5 * SECOND + place * MILLI
        by = number(entry["author"])
        yield Act(family, f"{family}/pin/{place}", at, by, (Statement("dialogue.pinned", body, **same),))
        if "until" in pin:
            off = Statement("dialogue.unpinned", {"on": pin["on"]}, **same)
            yield Act(family, f"{family}/unpin/{place}", micros(pin["until"]) + place * MILLI, by, (off,))
