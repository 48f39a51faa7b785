"""A property that is worked out when it is first asked for, and kept with its object."""

from collections.abc import Callable
from typing import Any


class kept:
    """As functools.cached_property, for objects that one thread works with: without its lock, which Python takes
    until 3.12 and which costs more than most of what is kept."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.work, self.name, self.__doc__ = work, work.__name__, work.__doc__

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.work(owner)
        return value
