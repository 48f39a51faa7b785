"""Finding gives what a naive reading of everything would give, to everybody, and nothing else."""

from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import clock
from alongside.access.models import Account
from alongside.access.standing import readers_of
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, data, numbers
from alongside.dialogue.asked import Asked, asked, excerpt, parts
from alongside.dialogue.finding import found
from alongside.dialogue.stems import FOUND, stem, stems
from alongside.dialogue.woven import never_shown, weave
from alongside.families.person import People
from alongside.record.appending import append
from alongside.record.marks import remarked, taken_back
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild
from alongside.record.statement import Statement
from alongside.words import fold

NOW = clock.micros(TODAY)
MOMENTS = (None, NOW, clock.micros(TODAY) - 86_400_000_000 * 200, clock.micros(TODAY) - 86_400_000_000 * 500)
TEXTS = [entry[key] for entry in data()["entry"] for key in ("text_en", "text_nb") if key in entry]
WORDS = sorted({word for text in TEXTS for word in fold(text).split()})
BIRDS = [canary for fact in data()["hidden"] for canary in fact["canaries"]]


def readers(strength: int = 3):
    people = sorted(person for (person,) in Account.objects.values_list("person"))
    return [reader for person in people for reader in readers_of(person, now=NOW, strength=strength)]


def every(reader, wanted: Asked, at=None) -> list[str]:
    """All pages of what is found, as ids."""
    met, before = [], ""
    while True:
        some = found(reader, wanted, at=at, before=before, most=7)
        met += [entry.id for entry in some.entries]
        if not some.more:
            return met
        before = some.entries[-1].id


def naive(reader, wanted: Asked, at=None) -> list[str]:
    """The same from everything this reader may read, one entry after the other, without the register."""
    held = dict(rows("SELECT entry, mark FROM record_held", []))
    woven = weave(read(reader, at=at), People(), "en")
    gone = {said.entry.pk for said in weave(read(reader), People(), "en").by_place.values() if said.taken_back}
    fits = []
    for place, said in woven.by_place.items():
        entry, texts = said.entry, said.entry.body.get("words", ())
        if held.get(place, entry.mark) not in FOUND or {place, entry.within} & gone or never_shown(entry):
            continue
        here = stems(texts)
        whole = any(
            all(f" {phrase} " in f" {fold(one['text'])} " for phrase in wanted.phrases) for one in texts
        )  # fmt: skip
        if wanted.words and whole and all(forms & here for forms in wanted.words):
            fits.append(place)
    return [woven.by_place[place].id for place in sorted(fits, reverse=True)]


@given(st.lists(st.text() | st.sampled_from([*TEXTS, " ", "\n", "\u2003", "\u0301", "´"])).map("".join))
def test_a_word_that_stands_twice_is_stemmed_as_if_it_stood_once(text):
    assert stems([{"lang": "nb", "text": text}]) == {stem(word, "nb") for word in fold(text).split()}


phrase = st.sampled_from([text for text in TEXTS if len(text.split()) > 4]).flatmap(
    lambda text: st.integers(0, len(text.split()) - 3).map(lambda n: '"' + " ".join(text.split()[n : n + 3]) + '"')
)
query = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join), phrase, st.sampled_from(BIRDS)
)


@pytest.mark.django_db
def test_the_same_as_reading_everything(cast):
    everybody = readers()
    assert len(everybody) > 15
    met = []

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(query, st.sampled_from(range(len(everybody))), st.sampled_from(MOMENTS))
    def ask(typed, n, at):
        wanted = asked(typed)
        here = every(everybody[n], wanted, at)
        assert here == naive(everybody[n], wanted, at), (typed, everybody[n], at)
        met.extend(here)

    ask()
    assert met, "nothing was ever found, so nothing was proved"


@pytest.mark.django_db
@pytest.mark.parametrize("strength", [0, 1, 2, 3])
def test_a_weaker_visit_finds_no_more_than_it_reads(strength, cast):
    for reader in readers(strength):
        for typed in ("the", "mia", "jeg", "money"):
            assert every(reader, asked(typed)) == naive(reader, asked(typed))
    assert any(every(reader, asked("the")) for reader in readers(strength)) == (strength > 0)


def _say(text, mark="team", *, family=1, once, lang="en", **more):
    kari = numbers()["kari"]
    said = Statement("dialogue.passage", {"words": [{"lang": lang, "text": text}]}, mark=mark, **more)
    return append([said], family=family, by=kari, once=once, at=NOW)[0]


def _kari(family=1):
    return next(one for one in readers_of(numbers()["kari"], now=NOW, strength=3) if one.family == family)


def _finds(typed, **how):
    return [entry.id for entry in found(_kari(), asked(typed), **how).entries]


@pytest.mark.django_db
def test_any_form_of_a_word_in_both_languages(cast):
    said = _say("The blankets were folded twice by Renée.", once="a")
    norsk = _say("Pledda lå på senga til Åse, og pleddene er fine.", once="b", lang="nb")
    for typed in ("blanket", "Blankets", "folding", "renee", "RENÉE twice", "the thing about the blanket"):
        assert said.id in _finds(typed), typed
    for typed in ("seng", "senger", "åse", "pleddene", "Åse seng"):
        assert norsk.id in _finds(typed), typed
    assert norsk.id not in _finds("ase"), "å is a letter of its own"
    assert norsk.id not in _finds("seng blanket")


@pytest.mark.django_db
def test_other_scripts_emoji_and_numbers(cast):
    said = _say("أنا تعبان 🙂 at 16.30, 900 kroner, Trương", once="c", lang="ar")
    for typed in ("تعبان", "16.30", "900", "truong", '"900 kroner"'):
        assert said.id in _finds(typed), typed
    assert not asked("🙂") and not asked("  ") and not asked('""') and not asked("%_\0")


@pytest.mark.django_db
def test_a_phrase_stands_word_for_word(cast):
    said = _say("A red bicycle stood outside, and the bicycle was red.", once="d")
    other = _say("Red is what the bicycle was.", once="e")
    assert set(_finds("red bicycle")) >= {said.id, other.id}
    assert said.id in _finds("“Red  bicycle”") and other.id not in _finds('"red bicycle"')


@pytest.mark.django_db
def test_what_is_for_named_people_or_sealed_writes_no_stem(cast):
    for mark in ("persons", "sealed"):
        said = _say("zzpelican", mark, once=mark)
        assert said.id not in _finds("zzpelican")
    assert not rows("SELECT 1 FROM dialogue_stems WHERE stems LIKE '%%zzpelican%%'", [])
    closed = rows("SELECT s.entry FROM dialogue_stems s JOIN record_entry e ON e.pk = s.entry LEFT JOIN record_held h "
                  "ON h.entry = e.pk WHERE COALESCE(h.mark, e.mark) IN ('persons', 'sealed')", [])  # fmt: skip
    assert not closed


@pytest.mark.django_db
def test_a_remark_takes_the_stems_and_gives_them_back(cast):
    said = _say("zzheron", once="f")
    kari = numbers()["kari"]
    entry = found(_kari(), asked("zzheron")).entries[0]
    for n, (mark, there) in enumerate([("persons", False), ("professionals", True), ("sealed", False)]):
        act = replace(remarked(entry, mark, "because"), mark="sealed" if mark == "sealed" else "persons")
        append([act], family=1, by=kari, once=f"mark{n}", at=NOW)
        assert bool(_finds("zzheron")) is there, mark
    assert said.id == entry.id and rebuild(check=True)["dialogue_stems"]


@pytest.mark.django_db
def test_what_was_taken_back_is_not_found_and_stays_so(cast):
    _say("zzcurlew", once="g", basis="own-words")
    kari = numbers()["kari"]
    entry = found(_kari(), asked("zzcurlew")).entries[0]
    append([taken_back(entry, ())], family=1, by=kari, once="back", at=NOW)
    assert _finds("zzcurlew") == [] and _finds("zzcurlew", at=NOW + 9_000_000) == []
    append([remarked(entry, "professionals", "because")], family=1, by=kari, once="mark", at=NOW)
    assert _finds("zzcurlew") == [] and rebuild(check=True)["dialogue_stems"]


@pytest.mark.django_db
def test_the_register_is_what_the_record_says(cast):
    assert rebuild(check=True)["dialogue_stems"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dialogue_stems WHERE entry IN (SELECT MIN(entry) FROM dialogue_stems)")
    assert not rebuild(check=True)["dialogue_stems"]


@pytest.mark.django_db
def test_a_cursor_that_may_not_be_read_tells_nothing(cast):
    """Morten puts ids of hidden entries where a page goes on: it is as if they had never been."""
    morten = readers_of(numbers()["morten"], now=NOW, strength=3)[0]
    whole = found(morten, asked("i"), most=3)
    for fact in data()["hidden"]:
        for n in fact["entries"]:
            assert found(morten, asked("i"), before=id_of(3, n), most=3) == whole


@given(st.sampled_from(TEXTS), st.sampled_from(WORDS), st.sampled_from(["en", "nb", "so"]))
@settings(max_examples=200)
def test_marking_keeps_every_letter(text, word, lang):
    pieces = parts(text, lang, asked(word))
    assert "".join(words for words, _found in pieces) == text
    assert all(asked(word).meets(words, lang) for words, here in pieces if here)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken(typed):
    wanted = asked(typed)
    assert len(wanted.typed) <= 200 and len(wanted.words) <= 12
    assert not wanted or parts(typed, "en", wanted)
    excerpt(typed * 9, "nb", wanted)
