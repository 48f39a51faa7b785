"""A meeting: who reads what falls in it, no decision without the family, and private time that nobody else enters."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access.hazards import put_on
from alongside.cast.said import id_of
from alongside.cast.story import numbers
from alongside.dialogue import writing as dialogue
from alongside.promises import writing as promising
from alongside.promises.promise import promises
from alongside.promises.tests.test_promise import ACT, reader, refused, settled
from alongside.record import settling
from alongside.record.readers import FRESH
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.record.statement import Refused
from alongside.teams import holding, private
from alongside.teams.meeting import GROUP, meetings, points

NOW = {"lang": "en", "at": ACT["at"]}
N = numbers()


def begin(who: str = "lars", there=("anne", "mia", "kari"), form: str = "", **more):
    said = {"on": "2026-11-20T15:00", "place": "At school", "interpreter": "Hodan", "text": "", "readers": (), **more}
    come = [N[one] for one in there]
    holding.begin(by=reader(who), there=come, form=form, once="a" * 32, **said, **NOW)
    return meetings(read(reader(who)))[-1]


def of(who: str, family: int = 1):
    return meetings(read(reader(who, family)))


def texts(who: str) -> str:
    return str([entry.body for entry in read(reader(who)) if entry.kind.startswith(("teams.", "promises."))])


def test_what_falls_in_a_meeting_is_read_by_those_who_were_there(cast):
    one = begin()
    how = {"by": reader("lars"), "meeting": one.id, **NOW}
    holding.say(speaker=N["anne"], text="The bus is late.", once="b" * 32, **how)
    holding.decide(text="We start at nine.", why="", once="c" * 32, **how)
    for who in ("lars", "kari", "ingrid", "anne", "mia"):
        held = of(who)[-1]
        assert (held.there[0], held.interpreter) == (N["lars"], "Hodan")
        assert [entry.speaker for entry in held.said] == [N["anne"]] and held.decided[0].body["family"] is True
    assert all("bus is late" not in texts(who) for who in ("per", "jonas", "farhiya", "berg", "truls"))
    assert all(rebuild(check=True).values())


def test_nothing_is_decided_without_the_family_or_the_reason_why(cast):
    one = begin(there=("kari", "berg"))
    how = {"by": reader("lars"), "meeting": one.id, "text": "We ring the school.", **NOW}
    assert refused(holding.decide, why=" ", once="b" * 32, **how) == "family-not-there"
    holding.decide(why="Anne works. She said yes on the phone.", once="b" * 32, **how)
    (decided,) = of("berg")[-1].decided
    assert decided.body["family"] is False and "on the phone" in decided.body["why"]


def test_promises_fall_where_they_are_read_and_a_colleague_is_asked(cast):
    one = begin(there=("anne", "kari", "berg"))
    how = {"by": reader("lars"), "meeting": one.id, "due": "2026-11-27", **NOW}
    holding.promise(owner=N["lars"], text="I ring the housing office.", once="1" * 32, **how)
    holding.promise(owner=N["berg"], text="A note in the bag.", once="2" * 32, **how)
    holding.promise(owner=N["anne"], text="I bring the letter.", once="3" * 32, **how)
    holding.promise(owner=N["kari"], text="A form for the bus.", once="4" * 32, **how)
    assert settling.waiting(N["lars"]) == []
    theirs = {one.owner: one for one in promises(read(reader("anne"))) if one.made.answers == of("anne")[-1].held.pk}
    assert set(theirs) == {N["lars"], N["berg"], N["anne"]} and theirs[N["anne"]].made.basis == "told"
    assert "A form for the bus." in texts("kari") and "housing office" not in texts("per")
    assert refused(holding.promise, owner=N["per"], text="x", once="5" * 32, **how) == "to-nobody"


def test_somebody_who_comes_later_reads_from_then_on(cast):
    one = begin(there=("anne",))
    how = {"by": reader("lars"), "meeting": one.id, **NOW}
    holding.say(speaker=N["anne"], text="Before Per came.", once="b" * 32, **how)
    come = [N["lars"], N["anne"], N["per"]]
    holding.came(by=how["by"], meeting=one.id, there=come, interpreter="", at=NOW["at"], once="c" * 32)
    holding.say(speaker=N["per"], text="After Per came.", once="d" * 32, **how)
    assert [entry.body["words"][0]["text"] for entry in of("per")[-1].said] == ["After Per came."]
    assert len(of("anne")[-1].said) == 2 and of("per")[-1].there == tuple(come)
    assert all(rebuild(check=True).values())


def test_sent_ten_times_is_one_act(cast):
    before = len(of("lars"))
    for _ in range(10):
        one = begin()
    for _ in range(10):
        holding.say(by=reader("lars"), meeting=one.id, speaker=N["anne"], text="Once.", once="b" * 32, **NOW)
    assert len(of("lars")) == before + 1 and len(of("lars")[-1].said) == 1


def test_who_holds_a_meeting_and_who_is_never_in_one(cast):
    assert refused(begin, who="anne") == "not-yours" and refused(begin, who="berg") == "not-yours"
    assert refused(begin, there=()) == "to-nobody"
    how = {"on": "2026-11-20T15:00", "place": "", "interpreter": "", "form": "", "text": "", **NOW}
    for persons in ({"there": [N["morten"]]}, {"there": [N["elin"]], "readers": [N["morten"]]}):
        said = {"readers": (), "once": "e" * 32, **how, **persons}
        assert refused(holding.begin, by=reader("kari", 3), **said) == "not-to-them"


def test_what_was_told_of_a_meeting_reads_as_one_and_takes_no_lines(cast):
    told = {one.held.id: one for one in of("anne")}
    assert told[id_of(1, 69)].told and told[id_of(1, 86)].there == ()
    how = {"by": reader("lars"), "meeting": id_of(1, 86), "speaker": N["lars"], "text": "x", "once": "f" * 32, **NOW}
    assert refused(holding.say, **how) == "told-only"


def test_what_is_put_on_the_agenda_is_taken_up_by_the_next_meeting(cast):
    holding.put(by=reader("anne"), text="The bus card.", appointment=id_of(1, 105), once="b" * 32, **ACT)
    settled()
    assert [one.body["words"][0]["text"] for one in points(read(reader("kari")))] == ["The bus card."]
    assert points(read(reader("per"))) == [] and points(read(reader("mia"))) != []
    begin()
    assert points(read(reader("kari"))) == []


# --- private time ----------------------------------------------------------------------------------------


def test_private_time_is_the_familys_own(cast):
    one = begin(form=GROUP, there=("anne", "per", "farhiya", "kari"))
    private.begin(by=reader("anne"), meeting=one.id, at=NOW["at"], once="b" * 32)
    how = {"by": reader("lars"), "meeting": one.id, "once": "c" * 32, **NOW}
    assert refused(holding.say, speaker=N["lars"], text="x", **how) == "private-time"
    assert refused(holding.decide, text="x", why="", **how) == "private-time"
    assert refused(holding.promise, owner=N["lars"], text="x", due="", **how) == "private-time"
    words = {"meeting": one.id, "text": "We want the village hall.", "once": "d" * 32, **ACT}
    assert refused(private.write, by=reader("kari"), to=[], **words) == "not-yours"
    assert refused(private.write, by=reader("anne"), to=[N["kari"]], **words) == "not-to-them"
    assert refused(private.write, by=reader("anne"), to=[N["jonas"]], **words) == "not-to-them"
    private.write(by=reader("anne"), to=[N["farhiya"]], **words)
    settled()
    assert all("village hall." not in texts(who) for who in ("lars", "kari", "ingrid", "per", "jonas", "mia"))
    assert "village hall." in texts("farhiya") and "village hall." in texts("anne")
    private.end(by=reader("farhiya"), meeting=one.id, at=NOW["at"], once="e" * 32)
    holding.say(speaker=N["lars"], text="Back again.", **how)
    assert all(rebuild(check=True).values())


def test_by_no_other_verb_either(cast):
    """The rule stands at the one write: an answer beside the meeting, and one that waited since before."""
    one = begin(form=GROUP)
    dialogue.answer(by=reader("kari"), to=one.id, form="", text="Before.", once="b" * 32, **ACT)
    private.begin(by=reader("lars"), meeting=one.id, at=NOW["at"], once="c" * 32)
    dialogue.answer(by=reader("ingrid"), to=one.id, form="", text="In it.", once="d" * 32, **ACT)
    promising.make(by=reader("kari"), answers=one.id, text="Beside it.", due="", once="e" * 32, **ACT)
    settled()
    assert {act.stuck for who in ("kari", "ingrid") for act in settling.waiting(N[who])} == {"private-time"}
    dialogue.answer(by=reader("anne"), to=one.id, form="", text="Mine.", once="f" * 32, **ACT)
    settled()
    assert "Mine." in str([entry.body for entry in read(reader("anne"))])


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_no_emergency_opens_what_is_from_private_time_nor_what_stands_on_it(cast, asked):
    one = begin(there=("anne", "mia", "per"), form=GROUP)
    private.begin(by=reader("anne"), meeting=one.id, at=NOW["at"], once="b" * 32)
    private.write(by=reader("anne"), meeting=one.id, to=[N["per"]], text="Ours.", once="c" * 32, **ACT)
    settled()
    mine = next(entry for entry in read(reader("anne")) if entry.kind == "teams.private-words")
    dialogue.answer(by=reader("per"), to=mine.id, form="", text="Ours too.", once="d" * 32, **ACT)
    dialogue.only_for(by=reader("mia"), to=[N["kari"]], text="For Kari.", once="e" * 32, **ACT)
    settled()
    duty = replace(reader("lars"), urgent=asked)  # on nobody's list of these; on PostgreSQL who asks must stand here
    texts = "\n".join(entry.body_text for entry in read(duty))
    assert "Ours" not in texts and ("For Kari." in texts) == (asked > 1)
    assert "Ours too." in "\n".join(entry.body_text for entry in read(reader("per")))


def test_what_was_written_in_private_is_shared_by_the_family_alone(cast):
    one = begin(form=GROUP)
    private.begin(by=reader("anne"), meeting=one.id, at=NOW["at"], once="b" * 32)
    private.write(by=reader("anne"), meeting=one.id, to=[], text="Ours.", once="c" * 32, **ACT)
    settled()
    mine = next(entry for entry in read(reader("anne")) if entry.kind == "teams.private-words")
    how = {"entry_id": mine.id, "to": [N["kari"]], "reason": "x", "at": ACT["at"], "wait": 0}
    assert refused(dialogue.share, by=reader("kari"), once="d" * 32, **how) == "not-found"
    dialogue.share(by=reader("anne"), once="e" * 32, **how)
    settled()
    assert "Ours." in texts("kari") and "Ours." not in texts("lars")


FAMILY, OTHERS = ("anne", "per", "farhiya", "mia"), ("lars", "kari", "ingrid", "berg")
EVERYBODY = (*FAMILY, *OTHERS)
TURNS = ("anne", "farhiya", "lars", "kari", "berg")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("begin", "end")), st.sampled_from(TURNS)),
        st.tuples(st.sampled_from(("say", "answer", "promise")), st.sampled_from(OTHERS)),
        st.tuples(st.just("answer"), st.sampled_from(FAMILY)),
        st.tuples(st.just("write"), st.sampled_from(FAMILY), st.sets(st.sampled_from(FAMILY), max_size=2)),
        st.tuples(st.just("write"), st.sampled_from(EVERYBODY), st.sets(st.sampled_from(EVERYBODY), max_size=2)),
    ),
    min_size=2, max_size=7,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_in_any_order_no_professional_gets_in(cast, steps):
    """Whatever is tried in whatever order: no professional's words while private time lasts; and what the family
    writes of it is read by those they chose, of the family, and by nobody else at any strength of visit."""
    from django.db import transaction

    with transaction.atomic():
        one, lasts, had, chosen = begin(form=GROUP, there=(*FAMILY, "kari", "berg")), False, False, {}
        for n, (what, who, *more) in enumerate([("begin", "anne"), *steps]):
            by, once, at = reader(who), f"{n:032x}", NOW["at"]
            size = len(read(reader("lars")))
            try:
                if what in ("begin", "end"):
                    getattr(private, what)(by=by, meeting=one.id, at=at, once=once)
                    allowed = who in (*FAMILY, "lars")
                    assert allowed, who
                    lasts, had = what == "begin", had or what == "begin"
                elif what == "say":
                    holding.say(by=by, meeting=one.id, speaker=by.person, text=f"said {n}", once=once, **NOW)
                elif what == "answer":
                    act = dialogue.answer(
                        by=by, to=one.id, form="", text=f"answer {n}", once=once, **{**ACT, "wait": 0}
                    )
                    holding.at_once(act, by, at)
                elif what == "promise":
                    holding.promise(
                        by=by, meeting=one.id, owner=by.person, text=f"promise {n}", due="", once=once, **NOW
                    )
                else:
                    to = more[0]
                    act = private.write(
                        by=by, meeting=one.id, to=[N[p] for p in to], text=f"ours {n}", once=once, **{**ACT, "wait": 0}
                    )
                    holding.at_once(act, by, at)
                    assert who in FAMILY and had and to <= set(FAMILY)
                    chosen[n] = {who, *to}
            except Refused:
                pass
            if lasts and who in OTHERS and what in ("say", "answer", "promise", "write"):
                assert len(read(reader("lars"))) == size
        for n, people in chosen.items():
            for who in (*FAMILY, *OTHERS, "jonas", "ali", "tone"):
                reads = f"'ours {n}'" in texts(who)
                assert reads == (who in people), (n, who)
        transaction.set_rollback(True)


def test_the_gate_itself_keeps_them_out(cast):
    """Not the page: the mark and the named readers. Even fresh, even a stand-in; the row is not there for them."""
    one = begin(form=GROUP)
    private.begin(by=reader("mia"), meeting=one.id, at=NOW["at"], once="b" * 32)
    private.write(by=reader("mia"), meeting=one.id, to=[N["anne"]], text="The tern.", once="c" * 32, **ACT)
    settled()
    entry = next(e for e in read(reader("mia")) if e.kind == "teams.private-words")
    assert entry.mark == "persons" and {p for p, _why in entry.given} == {N["mia"], N["anne"]}
    assert reader("lars").strength == FRESH and entry.pk not in {e.pk for e in read(reader("lars"))}


def test_who_came_under_hazard_since_is_offered_to_nobody(cast):
    one = begin(form=GROUP, there=("anne", "per", "jonas"))
    private.begin(by=reader("anne"), meeting=one.id, at=NOW["at"], once="b" * 32)
    assert set(private.companions(reader("anne"), one)) == {N["per"], N["jonas"]}
    put_on(
        by=N["kari"], family=1, person=N["per"], ground="x", told=[N["anne"]], lang="en", at=NOW["at"], once="e" * 32
    )
    assert private.companions(reader("anne"), one) == [N["jonas"]]
    words = {"meeting": one.id, "text": "Ours.", "once": "d" * 32, **ACT}
    assert refused(private.write, by=reader("anne"), to=[N["per"]], **words) == "not-to-them"
    private.end(by=reader("anne"), meeting=one.id, at=NOW["at"], once="c" * 32)
    holding.say(by=reader("lars"), meeting=one.id, speaker=N["anne"], text="The tern.", once="f" * 32, **NOW)
    assert "The tern." in texts("anne") and "The tern." not in texts("per") and not of("per")[-1].said
    assert of("per")[-1].in_private  # what came since is not there for him: nothing is missing in his world


@pytest.mark.parametrize("who", ["kari", "ingrid", "berg"])
def test_only_the_family_who_holds_it_or_who_coordinates_turns_it(cast, who):
    one = begin(form=GROUP, there=("anne", "kari", "berg"))
    assert refused(private.begin, by=reader(who), meeting=one.id, at=NOW["at"], once="b" * 32) == "not-yours"
