"""Invented families for measuring: what is said in one, act by act, from a seed alone.

They have no names worth remembering and no story; the people of the demo live elsewhere. What matters is
that the rows are like those of real use: kinds, lengths, links, readers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from alongside.access.grants import granted
from alongside.record.statement import Earlier, Statement

BEGIN = 1_704_096_000_000_000  # 1 January 2024, microseconds
TWO_YEARS = 63_072_000_000_000
SENTENCES = (
    "We talked in the kitchen while the little one slept.",
    "Mornings are the hardest part of the day.",
    "School rang on Monday and it was a good call for once.",
    "There is a plan for the weekend and everybody knows it.",
    "The bus pass has not come yet.",
    "She made soup and nobody was in a hurry.",
    "It helps when somebody says beforehand what will happen.",
    "He would like to see his cousins more often.",
    "Vi snakket lenge om natten og hva som hjelper.",
    "Bestemor kan komme på torsdager.",
    "I do not agree with how the last meeting was written down.",
    "The doctor has a free hour next week.",
    "We laughed about the dog.",
    "Money is tight until the tenth.",
    "Det går bedre på skolen nå, sier læreren.",
    "I want somebody to ask me before they ring my sister.",
)


@dataclass(frozen=True, slots=True)
class House:
    """Person numbers of those who stand in one family. The first two work here."""

    worker: int
    second: int
    mother: int
    father: int
    child: int

    @property
    def kin(self) -> tuple[int, int, int]:
        return self.mother, self.father, self.child


@dataclass(frozen=True, slots=True)
class Act:
    """One act of `by` at `at`. A link of a statement may be the seq (int) of an earlier entry."""

    by: int
    at: int
    statements: tuple[Statement, ...]


def acts(house: House, entries: int, dice: Random, *, closed: bool = False) -> Iterator[Act]:
    """The acts of a family, `entries` statements in all. The mother reads every one of them; with `closed`
    there are also notes for professionals, which she does not read."""
    telling, left, at = _Telling(house, dice, closed), entries, BEGIN
    while left:
        by, said = telling.next()
        said = said[:left]
        yield Act(by, at, tuple(said))
        telling.seq += len(said)
        left -= len(said)
        at += int(TWO_YEARS / entries * len(said) * dice.uniform(0.5, 1.0))


class _Telling:
    """What has been said so far, as far as the next act needs it. `seq`: of the last entry."""

    def __init__(self, house: House, dice: Random, closed: bool) -> None:
        self.house, self.dice, self.seq = house, dice, 0
        self.passages: list[int] = []
        self.promised: list[int] = []
        self.waiting = list(self._begins())
        often = {
            self._visit: 45, self._answer: 18, self._promise: 12, self._kept: 8, self._praise: 5, self._alone: 5,
            self._pin: 4, self._pass_on: 3, self._note: 5 if closed else 0,
        }  # fmt: skip
        self.ways, self.weights = list(often), list(often.values())

    def next(self) -> tuple[int, list[Statement]]:
        if self.waiting:
            return self.waiting.pop(0)
        return self.dice.choices(self.ways, self.weights)[0]()

    def _begins(self) -> Iterator[tuple[int, list[Statement]]]:
        house = self.house
        roles = ("coordinator", "allocated", "parent", "parent", "child")
        mother = ((house.mother, "addressed"),)
        people = (house.worker, house.second, *house.kin)
        for person, role in zip(people, roles, strict=True):
            yield house.worker, [replace(granted(person, role), readers=mother)]
        for person, role, born in zip(house.kin, roles[2:], ("1990", "1988-03", "2015-06-01"), strict=True):
            named = role.capitalize() if person != house.father else "Father"
            body = {"person": person, "name": named, "called": named, "group": "family", "born": born}
            yield house.worker, [Statement("families.met", body, readers=mother)]

    def _words(self, most: int = 6) -> dict[str, Any]:
        text = " ".join(self.dice.choice(SENTENCES) for _ in range(self.dice.randint(1, most)))
        return {"words": [{"lang": "en", "text": text}]}

    def _visit(self) -> tuple[int, list[Statement]]:
        house, dice = self.house, self.dice
        there = (house.mother, *((house.father,) if dice.random() < 0.4 else ()))
        named = tuple((person, "present") for person in there)
        day = f"2024-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        when = {"so": day, "so_first": 738_886, "so_last": 738_886, "saw": self.seq}
        about = (*there, house.child)
        body = {"how": "visit", "place": "at home", "there": list(there)}
        said = [Statement("dialogue.conversation", body, about=about, readers=named, **when)]
        for _ in range(dice.randint(2, 4)):
            own = dice.random() < 0.4
            said.append(Statement(
                "dialogue.passage", self._words(), speaker=house.mother if own else None,
                basis="own-words" if own else "seen", about=about[: dice.randint(1, len(about))], readers=named,
                within=Earlier(0), **when,
            ))  # fmt: skip
            self.passages.append(self.seq + len(said))
        return dice.choice((house.worker, house.second)), said

    def _answer(self) -> tuple[int, list[Statement]]:
        if not self.passages:
            return self._visit()
        body = {"form": self.dice.choice(("agree", "partly", "differ", "time"))}
        body |= self._words(2) if self.dice.random() < 0.5 else {}
        mother = self.house.mother
        answered = self.dice.choice(self.passages[-40:])
        return mother, [Statement("dialogue.answer", body, basis="own-words", about=(mother,), answers=answered)]

    def _promise(self) -> tuple[int, list[Statement]]:
        self.promised.append(self.seq + 1)
        house = self.house
        body = {**self._words(1), "owner": house.worker, "due": f"2026-{self.dice.randint(1, 12):02}-15"}
        return house.worker, [Statement("promises.made", body, about=(house.child,), readers=self._mother())]

    def _kept(self) -> tuple[int, list[Statement]]:
        if not self.promised:
            return self._promise()
        made = self.promised.pop(self.dice.randrange(len(self.promised)))
        return self.house.worker, [Statement("promises.kept", {}, thing=made, readers=self._mother())]

    def _praise(self) -> tuple[int, list[Statement]]:
        said = Statement("dialogue.praise", self._words(2), about=(self.house.mother,), readers=self._mother())
        return self.house.second, [said]

    def _alone(self) -> tuple[int, list[Statement]]:
        house = self.house
        named = ((house.worker, "addressed"),)
        said = Statement(
            "dialogue.passage", self._words(3), basis="own-words", mark="persons", about=(house.mother,), readers=named
        )
        return house.mother, [said]

    def _pin(self) -> tuple[int, list[Statement]]:
        if not self.passages:
            return self._visit()
        body = {"on": self.dice.choice(("words", "good", "worry", "wish"))}
        pinned = self.dice.choice(self.passages[-40:])
        return self.house.worker, [Statement("dialogue.pinned", body, answers=pinned, readers=self._mother())]

    def _pass_on(self) -> tuple[int, list[Statement]]:
        if not self.passages:
            return self._visit()
        house = self.house
        body = {"to": [house.father], "because": "released", "giver": house.worker, "reason": "He asked."}
        opened = self.dice.choice(self.passages[-40:])
        return house.worker, [Statement("record.released", body, answers=opened, readers=self._mother())]

    def _note(self) -> tuple[int, list[Statement]]:
        body = {**self._words(3), "why": "A question to a colleague.", "review": "2026-02-01"}
        said = Statement(
            "dialogue.passage", body, basis="professional-view", mark="professionals", about=(self.house.mother,)
        )
        return self.house.worker, [said]

    def _mother(self) -> tuple[tuple[int, str], ...]:
        return ((self.house.mother, "addressed"),)
