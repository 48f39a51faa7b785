"""What the command says when it does not."""

import pytest

from alongside.cast.story import numbers
from alongside.exchange.export import acts
from alongside.record.statement import Refused
from alongside.site.console import export


def test_every_refusal_is_a_sentence(cast):
    for pair in (("tone", "tone"), ("kari", "tone"), ("tone", "kari"), ("tone", "no-one")):
        with pytest.raises(Refused) as why:
            acts.holders(*pair)
        said = export.SENTENCES[why.value.code].format(**{"to": "x", "login": "", **why.value.facts})
        assert said.endswith(".") and "{" not in said and '""' not in said
    assert acts.holders("tone", "odd") == acts.Holders(numbers()["tone"], numbers()["odd"])
