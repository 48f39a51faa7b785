"""One protection: what it rests on, who has looked, what he had before, and what is said of it now (R96)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import dates
from alongside.access import hazards
from alongside.access.frame import enters
from alongside.access.hazards import Protection, has_of_others, protections
from alongside.dialogue.said import words
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.lines import line
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.who.form import Form, asked, opened_now, why
from alongside.record.entry import SEQ_BITS

SEQ = (1 << SEQ_BITS) - 1


def _found(page: Opened, id: str) -> Protection:
    one = next((p for p in protections(page.entries) if p.id == id), None)
    if one is None or not page.reader.by_mark:
        raise Http404
    return one


@enters("practice")
def protection(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One protection, for those who work with the family."""
    page = open_family(request, code, around=id)
    one = _found(page, id)
    shown = {
        "who": page.showing.name(one.person), "ground": line(page, page.woven.by_place[one.put_on.pk]),
        "says": _says(page, one), "steps": _steps(page, one), "acts": _acts(page, one), "on": one.on,
        "had": _had(page, one) if page.protecting else (),
    }  # fmt: skip
    context = family_desk(request, page, "protection", id, protection=shown)
    return render(request, "who/protection.jinja", context, status=400 if page.wrong else 200)


def _says(page: Opened, one: Protection) -> str:
    if not one.on:
        return _("It has ended.")
    day = {"day": page.showing.day(dates.on(one.due), long=True)}
    if one.asked is not None:
        return _("%(who)s asks to end it. It stays on until a second person agrees.") % {
            "who": page.showing.Name(one.asked.author)
        }
    if one.second is None:
        return _("A second person confirms it or ends it by %(day)s. It stays on until then, and after.") % day
    return _("It is looked at again by %(day)s. It stays on until two persons end it.") % day


def _steps(page: Opened, one: Protection) -> tuple[tuple[str, str, str, str], ...]:
    did = {
        "access.hazard-on": _("put it on"), "access.hazard-confirmed": _("confirmed it as the second person"),
        "access.hazard-reviewed": _("looked at it again: it stays"), "access.hazard-lift-asked": _("asked to end it"),
        "access.hazard-lifted": _("agreed to end it"),
    }  # fmt: skip
    shown = []
    for entry in (one.put_on, *one.steps):
        text = words(entry, page.showing.lang)[0] if entry is not one.put_on else ""
        shown.append((page.showing.on(entry.received), page.showing.Name(entry.author), did[entry.kind], text))
    return tuple(shown)


def _acts(page: Opened, one: Protection) -> list[tuple[str, str]]:
    if not page.protecting or not one.on:
        return []
    me, acts = page.reader.person, []
    if one.second is None and me != one.put_on.author:
        acts.append("confirmed")
    if not page.writing:  # after an office's last day it stays on
        return [(_words(act)[0], page.href("protection-say", one.id, act=act)) for act in acts]
    if one.second is not None:
        acts.append("reviewed")
    acts += ["lifted"] if one.asked is not None and me != one.asked.author else []
    acts += ["lift-asked"] if one.asked is None else []
    return [(_words(act)[0], page.href("protection-say", one.id, act=act)) for act in acts]


def _words(act: str) -> tuple[str, str, str]:
    return {
        "confirmed": (_("Confirm it"), _("Confirm it"), _("You have read what it rests on, and you agree.")),
        "reviewed": (_("Looked at again: it stays"), _("It stays"), _("It is looked at again within thirty days.")),
        "lift-asked": (_("Ask to end it"), _("Ask for it"), _("It stays on until a second person agrees.")),
        "lifted": (_("Agree to end it"), _("End it now"), _("From the next moment they read here as before.")),
    }[act]


def _had(page: Opened, one: Protection) -> tuple[tuple[str, str, str], ...]:
    """What this person was given before, word for word as this reader reads it: (words, by whom and when, address)."""
    shown = []
    for entry in has_of_others(page.reader, one.person, one.put_on.pk & SEQ) if one.on else ():
        by = _("%(who)s, %(day)s") % {
            "who": page.showing.Name(entry.author), "day": page.showing.on(entry.received)
        }  # fmt: skip
        shown.append((words(entry, page.showing.lang)[0], by, page.href("strike", one.id, entry=entry.id)))
    return tuple(reversed(shown))


@enters("practice", methods=("GET", "POST"))
def say(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Confirm, look again, ask to end, agree to end."""
    page, act = opened_now(request, code, protects=True), request.GET.get("act", "")
    one = _found(page, id)
    offered = page.href("protection-say", id, act=act) in [href for _w, href in _acts(page, one)]
    if act not in ("confirmed", "reviewed", "lift-asked", "lifted") or (request.method == "GET" and not offered):
        raise Http404
    title, send, lead = _words(act)

    def fields(sent: Typed) -> tuple[Field, ...]:
        return (why(sent, _("What it rests on"), _("Those who work with the family read it.")),)

    def send_it(sent: Typed, at: int) -> object:
        return hazards.say(
            by=page.reader.person, family=page.reader.family, hazard=id, act=act, words=sent.one("why"),
            lang=page.showing.lang, at=at, once=sent.once,
        )  # fmt: skip

    back = page.href("protection", id)
    return asked(request, page.workers, Form(title, send, lead, back, page.href("protection", id, done="who"), fields,
                                             send_it))  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def strike(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Strike out one thing of what somebody under protection had."""
    page, entry = opened_now(request, code, protects=True), request.GET.get("entry", "")[:32]
    one = _found(page, id)
    had = {e.id: e for e in has_of_others(page.reader, one.person, one.put_on.pk & SEQ)}
    if not one.on or (entry not in had and request.method == "GET"):
        raise Http404
    lead = _("It disappears from what %(who)s can read, with all that hangs on it. They may notice. Do it only where "
             "leaving it is the greater danger.") % {"who": page.showing.name(one.person)}  # fmt: skip
    quote = words(had[entry], page.showing.lang) if entry in had else ("", "")

    def send_it(sent: Typed, at: int) -> object:
        return hazards.strike_out(
            by=page.reader.person, family=page.reader.family, entry=entry, person=one.person, why=sent.one("why"),
            at=at, once=sent.once,
        )  # fmt: skip

    back = page.href("protection", id)
    form = Form(_("Strike it out"), _("Strike it out"), lead, back, page.href("protection", id, done="who"),
                lambda sent: (why(sent),), send_it, quote)  # fmt: skip
    return asked(request, page.workers, form)
