"""What people do on a Monday: a worker's and a mother's round, one page or form at a time, with pauses between."""

import threading
from collections.abc import Callable, Iterator
from random import Random

from alongside.site.monday.browser import Browser, Wrong
from alongside.site.monday.town import Visitor

WORD = "mondaynote"  # begins what is written on this day, followed by a number of its own
SEARCHED = ("school", "Bestemor", "kitchen", "bus pass", "nothing of the kind")


class Person:
    """Somebody in front of a browser. `said`: numbers of what was acknowledged."""

    def __init__(self, visitor: Visitor, port: int, dice: Random, number: Callable[[], int], clock) -> None:
        self.visitor, self.dice, self.number, self.clock = visitor, dice, number, clock
        self.browser = Browser(port, visitor.cookie)
        self.said: set[str] = set()
        self.steps = self._steps()

    def step(self) -> None:
        """The next page or form."""
        next(self.steps)

    def _steps(self) -> Iterator[None]:
        day = self._practice if self.visitor.door == "practice" else self._family
        while True:
            yield from day()

    def _open(self, address: str) -> None:
        self.browser.open(address, self.clock)

    def _practice(self) -> Iterator[None]:
        """Today, a family, what was said there, and often a note that is sent at once."""
        self._open("/today")
        yield
        code = self.dice.choice(self.visitor.codes)
        self._open(f"/f/{code}")
        yield
        self._open(f"/f/{code}/story")
        yield
        notes = self.browser.links(rf"/f/{code}/n/[0-9a-f]{{32}}")
        if notes:
            self._open(self.dice.choice(notes))
            yield
        if self.dice.random() < 0.3:
            self._open(f"/find?q={self.dice.choice(SEARCHED).replace(' ', '+')}")
            yield
        if self.dice.random() < 0.6:
            yield from self._note(code)

    def _note(self, code: str) -> Iterator[None]:
        self._open(f"/f/{code}/write")
        yield
        number = str(self.number())
        self.browser.send(self._form("words"), self.clock, words=f"{WORD} {number}. We talked for a while.", act="save")
        self.said.add(number)
        yield
        if sending := self.browser.form("/send"):
            self.browser.send(sending, self.clock)
            yield

    def _family(self) -> Iterator[None]:
        """Home, the story, something that was written, and sometimes an answer to it."""
        self._open("/me")
        yield
        self._open("/me/story")
        yield
        notes = self.browser.links(r"/me/n/[0-9a-f]{32}")
        if not notes:
            return
        note = self.dice.choice(notes)
        self._open(note)
        yield
        answers = self.browser.links(r"/me/n/[0-9a-f]{32}/answer")
        if answers and self.dice.random() < 0.5:
            self._open(self.dice.choice(answers))
            yield
            number = str(self.number())
            said = f"{WORD} {number}. That is how it was."
            self.browser.send(self._form("words"), self.clock, words=said, form="differ")
            self.said.add(number)
            yield

    def _form(self, part: str):
        found = self.browser.form(part)
        if found is None:
            raise Wrong(f"no form with {part} on a page")
        return found


class Crowd:
    """Everybody at once, in a few threads: whoever is due next goes next. `wrong`: what should not have come."""

    def __init__(self, people: list[Person], pause: float, dice: Random, clock) -> None:
        self.people, self.pause, self.dice, self.clock = people, pause, dice, clock
        self.wrong: list[str] = []
        self.stop = threading.Event()

    def run(self, threads: int) -> list[threading.Thread]:
        """Begin; the threads, which end after `stop` is set."""
        shares = [self.people[n::threads] for n in range(threads)]
        made = [threading.Thread(target=self._play, args=(share, self.dice.random())) for share in shares if share]
        for one in made:
            one.start()
        return made

    def _play(self, people: list[Person], seed: float) -> None:
        dice, began = Random(seed), self.clock()
        due = [(began + dice.uniform(0, self.pause), n) for n in range(len(people))]
        while not self.stop.is_set():
            when, which = min(due)
            if self.stop.wait(max(0.0, when - self.clock())):
                return
            try:
                people[which].step()
            except Exception as error:  # whatever comes is counted, and the day goes on
                self.wrong.append(str(error) if isinstance(error, Wrong) else type(error).__name__)
                people[which].steps = people[which]._steps()
            due[which] = (self.clock() + self.pause * dice.uniform(0.5, 1.5), which)
