"""Finding one person on the page of a family; hidden and absent are the same 404."""

from django.http import Http404, HttpRequest

from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.standing import of_family
from alongside.families.contact import ways
from alongside.families.queries import ids, number_of


def listed(page: Opened) -> list[int]:
    """Those who stand on the page of people: of the family and around it, and whoever has a safe way here."""
    reached = ways(page.entries)
    return [number for number in page.people.persons if of_family(page, number) or number in reached]


def one_of(page: Opened, id: str) -> int:
    """The number of the person with this random id, if the reader may know them here."""
    number = number_of(id, listed(page))
    if number is None:
        raise Http404
    return number


def others(page: Opened, number: int) -> dict[str, int]:
    """Everybody else of the family and around it by name: {id: number}."""
    found = [one for one in listed(page) if one != number]
    return {id: one for one, id in ids(found).items()}


def writing(request: HttpRequest, code: str) -> Opened:
    """The family for somebody who works with it as a whole, now. Everything else is the same 404."""
    page = open_family(request, code)
    if request.GET.get("at") or not (page.writing and page.reader.by_mark):
        raise Http404
    return page
