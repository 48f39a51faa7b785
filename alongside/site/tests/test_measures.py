"""The file for whoever watches the machine: it is written, it can be read, and it holds nothing of anybody."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from alongside.cast.story import data, numbers
from alongside.site import measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, tmp_path, monkeypatch):
    """Write the file anew and return its text."""
    settings.MEASURES = tmp_path / "measures.prom"

    def now() -> str:
        monkeypatch.setattr(measures, "_written", None)
        measures.write()
        return settings.MEASURES.read_text("utf-8")

    return now


def value(text: str, name: str, **labels) -> float:
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            if one.name == name and labels.items() <= one.labels.items():
                return one.value
    return 0


def test_answers_are_counted_by_kind(be, written):
    before = written()
    be("anne").get("/me")
    be("anne").get("/nothing")
    be("anne").post("/nothing/at/all")
    after = written()
    for kind, method, many in (("2xx", "GET", 1), ("4xx", "GET", 1), ("4xx", "POST", 1)):
        counted = {"method": method, "kind": kind}
        assert value(after, "alongside_answers_total", **counted) == many + value(
            before, "alongside_answers_total", **counted
        )
    assert value(after, "alongside_answer_seconds_count") == 3 + value(before, "alongside_answer_seconds_count")
    assert value(after, "alongside_disk_free_bytes") > 0


def test_no_person_no_family_no_address_is_in_it(be, written):
    for who in ("kari", "anne", "morten", "elin"):
        for path in ("/me", "/today", "/families", "/me/story", "/nosuchpage?q=Rypestad"):
            be(who).get(path)
    text = written()
    names = {name.split(" ")[0] for name in re.findall(r"^[a-z_]+", text, re.M)}
    assert names and all(name.startswith("alongside_") for name in names)
    labels = set(re.findall(r"\{([^}]*)\}", text))
    assert all(re.fullmatch(r'(kind="\dxx",method="\w+"|le="[\d.+Inf]+")', one) for one in labels), labels
    assert not [who for who in numbers() if re.search(rf"\b{who}\b", text)]
    assert not [bird for fact in data()["hidden"] for bird in fact["canaries"] if bird in text]


def test_it_is_written_at_most_four_times_a_minute(settings, tmp_path, written):
    written()
    settings.MEASURES.unlink()
    measures.write()
    assert not settings.MEASURES.exists()


def test_an_unknown_method_makes_no_label_of_its_own(client, written):
    client.generic("BREW", "/")
    assert "BREW" not in written()
