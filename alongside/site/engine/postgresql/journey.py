"""One journey to the server: statements, one after another, and an answer for each.

They travel as PostgreSQL's own protocol has it (a pipeline), with their values beside them. A statement for which one
plan is good is planned once on each connection and called by its name afterwards: planning a read takes longer than
reading. What it is told, for whom it asks, goes before it in the same journey and is gone with its transaction, so a
plan that was made while somebody read gives the next one nothing of theirs. Why: docs/decisions/0029.
"""

import re
from collections import OrderedDict
from collections.abc import Generator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import count
from typing import Any, NamedTuple

from psycopg import Connection, errors, generators, pq
from psycopg.adapt import PyFormat, Transformer

from alongside.asking import asking

ENTRIES = "record_entry"
KNOWN = 200  # statements a connection keeps planned
BINARY = 1
TOLD, ASKED, PLANNED, LEFT = "told", "asked", "planned", "left"  # what an answer is to
DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
# What was planned is not there, or its tables are others: a pool in between, or a change while we were connected.
STALE = (errors.InvalidSqlStatementName, errors.FeatureNotSupported)
FOR_WHOM = ("alongside.reader", "alongside.now", "alongside.family")
# A plan that is made once knows no value, so the server guesses how many rows there will be, and for a family of five
# thousand it guesses too few. These leave it nothing to choose: along the indexes, in their order, and no further than
# where a limit is reached.
CHOICES = ("enable_seqscan", "enable_sort", "enable_material", "enable_hashjoin")
WORDS = (*FOR_WHOM, "plan_cache_mode", *CHOICES)
ONE_PLAN, ANEW = ("force_generic_plan", *["off"] * len(CHOICES)), ("auto", *["on"] * len(CHOICES))
TELL = "SELECT " + ", ".join(f"pg_catalog.set_config('{name}', %s, true)" for name in WORDS)
MARK = re.compile("%s|%%")
WHOLE, TEXT = 20, 25  # bigint, text
WIDER = {21: WHOLE, 23: WHOLE, TEXT: 0}  # a small number today may be a large one tomorrow; text is what it stands for


class Asked(NamedTuple):
    """One statement. `words`: for whom it asked when it was said. `one_plan`: the same plan is good for all values."""

    query: str
    values: Any
    words: tuple[str, ...]
    one_plan: bool


def asked(query: str, values: Any = None, one_plan: bool = False) -> Asked:
    """This statement, asked for whom is asked at this moment."""
    return Asked(query, values, told(), one_plan)


def told() -> tuple[str, ...]:
    """The words for whom is asked: digits and one word of our own, nothing that somebody typed."""
    who, now, family = asking()
    return who, str(now or ""), "" if family is None else str(family)


class _Numbered(dict):
    """Every name there is, as PostgreSQL numbers it."""

    def __missing__(self, name: str) -> str:
        self[name] = f"${len(self) + 1}"
        return self[name]


@lru_cache(maxsize=2048)
def numbered(query: str, by_name: bool) -> tuple[bytes, tuple[str, ...]]:
    """Django's placeholders as PostgreSQL's: "%s" to "$1", or `by_name` "%(name)s", with the names in their order."""
    if by_name:
        names = _Numbered()
        text = query % names
        return text.encode(), tuple(names)
    places = count(1)
    return MARK.sub(lambda found: "%" if found.group() == "%%" else f"${next(places)}", query).encode(), ()


class Journeys:
    """What one connection is asked, and what it has planned. `preparing`: it may plan once (not through a pool)."""

    def __init__(self, raw: Connection, *, preparing: bool) -> None:
        self.raw, self.preparing = raw, preparing
        self.values = Transformer(raw)
        self.names: OrderedDict[bytes, bytes] = OrderedDict()
        self.number = count(1)

    def go(self, statements: Sequence[Asked]) -> list[list[tuple]]:
        """The rows of each, [] where it gives none. Raises what the server says to the first that fails; what
        follows it has not been done then."""
        with self.raw.lock:
            spelt = self._spelt(statements)
            try:
                sent = self._sent(spelt)
                answers = self.raw.wait(self._answers(len(sent)))
                self.raw.pgconn.exit_pipeline_mode()
            except BaseException:
                self.raw.pgconn.finish()  # half an answer is no state to go on from
                raise
            self._learn(sent, answers)
            return [self._rows(answer) for (what, *_), answer in zip(sent, answers, strict=True) if what == ASKED]

    def _spelt(self, statements: Sequence[Asked]) -> list[tuple]:
        """The statements with their values spelt, and before those that name the entries the words for whom: what
        cannot be spelt is refused before anything is on its way."""
        found, said = [], None
        for one in statements:
            if one.one_plan or ENTRIES in one.query:
                words = (*one.words, *(ONE_PLAN if one.one_plan else ANEW))
                if words != said:
                    said = words
                    found.append((TOLD, *self._spell(TELL, words), True))
            found.append((ASKED, *self._spell(one.query, one.values), one.one_plan))
        return found

    def _spell(self, query: str, values: Any) -> tuple[bytes, Sequence[Any] | None, list[int] | None]:
        if values is None:
            return query.encode(), None, None
        text, names = numbered(query, isinstance(values, Mapping))
        values = [values[name] for name in names] if names else list(values)
        if not values:
            return text, None, None
        spelt = self.values.dump_sequence(values, [PyFormat.TEXT] * len(values))
        return text, spelt, [WIDER.get(kind, kind) for kind in self.values.types]

    def _sent(self, spelt: list[tuple]) -> list[tuple]:
        """Send everything; what the answers will be to, and with a name that is new its statement."""
        server, sent = self.raw.pgconn, []
        server.enter_pipeline_mode()
        for what, text, values, kinds, once in spelt:
            name = self.names.get(text)
            if name is None and once and self.preparing:
                name = self.names[text] = self._name(text)
                server.send_prepare(name, text, kinds)
                sent.append((PLANNED, text))
            if name is None:
                server.send_query_params(text, values, kinds, None, BINARY)
            else:
                self.names.move_to_end(text)
                server.send_query_prepared(name, values, None, BINARY)
            sent.append((what,))
        while len(self.names) > KNOWN:
            _text, name = self.names.popitem(last=False)
            server.send_query_params(b"DEALLOCATE " + name, None)
            sent.append((LEFT,))
        server.pipeline_sync()
        return sent

    def _name(self, text: bytes) -> bytes:
        """New on this connection, and of this statement alone: behind a pool nobody told us of, a name that somebody
        else gave is unknown or taken, and never means another statement."""
        return b"alongside_%s_%d" % (sha256(text).hexdigest()[:24].encode(), next(self.number))

    def _answers(self, number: int) -> Generator:
        """The answer to each of what was sent, and the end of the journey."""
        found = []
        yield from generators.send(self.raw.pgconn)
        for _ in range(number):
            found.append((yield from generators.fetch_many(self.raw.pgconn))[-1])
        yield from generators.fetch_many(self.raw.pgconn)
        return found

    def _learn(self, sent: list[tuple], answers: list[Any]) -> None:
        """Forget the names that were not taken; raise what was refused first."""
        refused = next((answer for answer in answers if answer.status not in DONE), None)
        if refused is None:
            return
        for (what, *name), answer in zip(sent, answers, strict=True):
            if what == PLANNED and answer.status not in DONE:
                self.names.pop(name[0], None)
        error = errors.error_from_result(refused, encoding=self.raw.info.encoding)
        if isinstance(error, STALE):
            self.names.clear()
        raise error

    def _rows(self, answer: Any) -> list[tuple]:
        if not answer.nfields:
            return []
        self.values.set_pgresult(answer)
        return self.values.load_rows(0, answer.ntuples, tuple)
