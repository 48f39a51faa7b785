"""The page of today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from alongside import dates
from alongside.access.closing import may, words_for
from alongside.access.colleagues import scope_of
from alongside.access.frame import enters
from alongside.access.opening import may_open
from alongside.access.standing import office_day
from alongside.dialogue import drafts
from alongside.doors.practice.desk import desk
from alongside.doors.practice.looking.beside import without_families
from alongside.doors.practice.today.page import today as own_day
from alongside.doors.practice.unit.page import in_short
from alongside.doors.practice.writing.settled import first_words, texts
from alongside.families.queries import workers
from alongside.record import settling
from alongside.record.kinds import KINDS


@enters("practice")
def today(request: HttpRequest) -> HttpResponse:
    """One's own day."""
    staff, visit = workers(), request.visit
    date = office_day(visit.now)
    day = dates.show(dates.on(date), translation.get_language() or "en", date, True).removesuffix(f" {date.year}")
    acts = settling.waiting(visit.person)
    unsent = [first_words(next(iter(texts(act)), "")) or str(KINDS[act.statements[0].kind].label) for act in acts]
    unsent += [first_words(next(iter(one.texts), "")) for one in drafts.mine(visit.person)]
    mine = own_day(request, staff, acts)
    context = desk(
        request, staff, "today", today=mine, day=day[:1].upper() + day[1:],
        unsent=[words for words in unsent if words], opens=not mine.stands and may_open(visit.person),
        looks_after=None if mine.stands else scope_of(visit.person),
        above=in_short(request, staff), ways=() if mine.stands else without_families(visit.person),
        stops=words_for(visit), decides=bool(visit.ends) and may(visit.person),
    )  # fmt: skip
    return render(request, "today/today.jinja", context)
