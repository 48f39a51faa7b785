"""The two teams of a family, naming its own, a role, leaving, and what a worker does here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import words
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue.said import words as words_of
from alongside.doors.practice.desk import desk, family_desk
from alongside.doors.practice.forms import Field, Typed, afresh, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.people import reading
from alongside.doors.practice.people.views import act
from alongside.doors.practice.people_page import pictures
from alongside.doors.practice.team.form import now, opened_now, page_day, refused, speaker_field, step
from alongside.doors.practice.team.page import AT_WORK, choosable, team_page
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.record.statement import Refused
from alongside.teams import team, working
from alongside.teams.team import Member, Named

BAD_DATE, REFUSED = 400, 422
ROWS = 6  # lines for people who are new here; a team is seldom more


@enters("practice")
def teams(request: HttpRequest, code: str) -> HttpResponse:
    """The two teams, now or as known then."""
    page = open_family(request, code)
    context = family_desk(
        request, page, "team", team=team_page(page), pictures=pictures(page),
        names=page.writing and page.reader.by_mark,
    )  # fmt: skip
    return render(request, "team/team.jinja", context, status=BAD_DATE if page.wrong else 200)


@enters("practice", methods=("GET", "POST"))
def name(request: HttpRequest, code: str) -> HttpResponse:
    """The family names its own team, on one screen: a tap or a name each."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    if not page.reader.by_mark:
        return SeeOther(page.href("team"))
    sent, wrong, around = typed(request), "", reading.circle(page)
    choice = {id: number for number, id in ids(choosable(page)).items()}
    speaker, by_id = speaker_field(page, sent)
    if request.method == "POST":
        try:
            _name(page, around, sent, choice, by_id)
            return SeeOther(page.href("team", done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    order = sorted(choice, key=lambda id: list(choosable(page)).index(choice[id]))
    chips = [(id, page.people.persons[choice[id]].name, id in sent.many("known")) for id in order]
    inside = [one.person for one in team.members(page.entries) if one.here(page.today)]
    lean = [n for n in around.kin.values() if n in (*inside, by_id.get(speaker.value))]
    context = desk(
        request, page.workers, wrong=wrong, once=sent.once, whose=whose(request.visit.account), chips=chips,
        rows=[(n, sent.one(f"name-{n}"), sent.one(f"role-{n}"), sent.one(f"job-{n}")) for n in range(1, ROWS + 1)],
        speaker=speaker, more=reading.fields(page, around, sent, lean), says=reading.in_short(page, around, lean),
        careful=around.careful, back=page.href("team"),
    )  # fmt: skip
    return render(request, "team/name.jinja", context, status=REFUSED if wrong else 200)


def _name(page: Opened, around: reading.Circle, sent: Typed, choice: dict[str, int], by_id: dict[str, int]) -> None:
    known = [choice[id] for id in dict.fromkeys(sent.many("known")) if id in choice]
    named = [Named(one, job=page.people.persons[one].group in AT_WORK) for one in known]
    for n in range(1, ROWS + 1):
        text = sent.one(f"name-{n}").strip()
        if text:
            same = _same(page, text, set(choice.values()))
            named.append(Named(same, text, sent.one(f"role-{n}"), bool(sent.one(f"job-{n}"))))
    said = reading.told(page, around, sent, page_day(page), by_id.get(sent.one("speaker")))
    team.name(told=said, named=_once_each(named), lang=page.showing.lang, at=now(), once=sent.once)


def _same(page: Opened, text: str, among: set[int]) -> int | None:
    """Whoever may be chosen and is called exactly so, if it is one person; they are offered above by name as well."""
    wanted = words.fold(text)
    found = [n for n in among if wanted in map(words.fold, (page.people.persons[n].name, page.people.called(n)))]
    return found[0] if len(found) == 1 else None


def _once_each(named: list[Named]) -> list[Named]:
    """Who was tapped and written too is named once."""
    found: dict[object, Named] = {}
    for place, one in enumerate(named):
        found[one.person if one.person is not None else f"new {place}"] = one
    return list(found.values())


@enters("practice", methods=("GET", "POST"))
def role(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What somebody does in the family's team, in own words."""

    def fields(page: Opened, one: Member, sent: Typed) -> tuple[Field, ...]:
        text = sent.one("role") if sent.values else one.role[0]
        until = sent.one("until") if sent.values else one.until
        what, hint = _("What they do, in their own words"), _("Holds the torch. Picks up from handball.")
        return (
            Field("line", "role", what, text, hint),
            Field("date", "until", _("Until when, if it ends"), until),
        )

    def say(page: Opened, one: Member, around, sent: Typed, speaker: int | None) -> None:
        team.say_role(
            told=Told(page.reader, speaker), member=one, role=sent.one("role"), until=sent.one("until"),
            lang=page.showing.lang, at=now(), once=sent.once,
        )  # fmt: skip

    return step(
        request, code, id, fields, say, title=_("What %(who)s does in the team"), send=_("Keep"),
        lead=_("In their own words or the family’s. What stood here before stays in the record."),
    )  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def leave(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Somebody is no longer in the family's team."""

    def say(page: Opened, one: Member, around, sent: Typed, speaker: int | None) -> None:
        team.leave(
            told=Told(page.reader, speaker), member=one, why=sent.one("why"), lang=page.showing.lang, at=now(),
            once=sent.once,
        )  # fmt: skip

    return step(
        request, code, id,
        lambda page, one, sent: (Field("line", "why", _("Why, if they like"), sent.one("why")),), say,
        title=_("%(who)s is no longer in the team"), send=_("Keep"), lead=_("Nobody has to say why."),
    )  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """A worker says what they do for this family, in own words."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = opened_now(request, code)
    sent, wrong = typed(request), ""
    if request.method == "POST":
        try:
            working.say(by=page.reader, text=sent.one("words"), lang=page.showing.lang, at=now(), once=sent.once)
            return SeeOther(page.href("team", done="people"))
        except Refused as why:
            wrong, sent = refused(why), afresh(sent) if why.code == "other-words" else sent
    before = working.says(page.entries).get(page.reader.person)
    text = sent.one("words") if sent.values else words_of(before, page.showing.lang)[0] if before else ""
    hint = _("Who you are, what you do for them, when you can be reached. They read it, and keep it.")
    fields = (Field("area", "words", _("What I do for this family"), text, hint),)
    return act(request, page, sent, wrong, fields, (), title=_("What I do here"), lead="", back=page.href("team"))
