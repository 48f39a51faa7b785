"""What is done to ways in: invited, begun, a new code, a new key, unlocked, left. Each is an entry of the office.

The entries (stream 0) hold who and how it was made sure, and no secret. The tables beside them hold what opens.
Every verb: `by` (person number), `at` (microseconds), `once`. What is not taken is Refused with a code.
"""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.access import bounds, chosen, codes, passkeys, totp, visits
from alongside.access.models import Account
from alongside.access.provider import ties
from alongside.access.roles import OFFICE, holders, roles_of, stood_down
from alongside.record.appending import append, person
from alongside.record.kinds import kind
from alongside.record.reading import rows
from alongside.record.statement import Refused, Statement

kind("access.invited", _("Invited to work here"), settles=False)
kind("access.began", _("Came in for the first time"), settles=False, goes_on=True)
kind("access.recovered", _("A new code was given"), settles=False, goes_on=True)
kind("access.unlocked", _("Let in again after too many tries"), settles=False, goes_on=True)
kind("access.key-changed", _("A password or PIN was changed"), settles=False, goes_on=True)
kind("access.left", _("No longer works here"), settles=False, goes_on=True)
kind("access.card-given", _("A card was given"), settles=False, goes_on=True)
kind("access.pin-chosen", _("A name and a PIN were chosen"), settles=False, goes_on=True)
ACTS = tuple(
    f"access.{name}"
    for name in "invited began recovered unlocked key-changed left card-given pin-chosen passkey-added "
    "passkey-gone provider-tied provider-gone".split()
)
STOOD_HERE, SAID_WORD = "stood-here", "said-word"
HOW = {STOOD_HERE: _("stood here"), SAID_WORD: _("said the agreed word")}
LOGIN = re.compile(r"[a-z][a-z.]{1,38}[a-z]")  # of those who work here; a family's name ends in four digits
NONE = "!"  # a password nobody has


def once_done(by: int, once: str) -> int | None:
    """The person an act with this key was about, if it was done before; else None."""
    prefix = f"{OFFICE}/{once}/"
    found = rows(
        "SELECT body FROM record_entry WHERE author = %s AND once >= %s AND once < %s ORDER BY pk LIMIT 1",
        [by, prefix, prefix + "\x7f"],
    )
    return json.loads(found[0][0])["person"] if found else None


def _say(kind: str, account: Account, *, by: int, at: int, once: str, **more: str) -> None:
    body: dict[str, Any] = {"person": account.person, **{name: value for name, value in more.items() if value}}
    append([Statement(kind, body)], family=OFFICE, by=by, once=once, at=at)


def invite(
    *, met: dict[str, Any], appointments: Sequence[Statement], login: str, language: str, by: int, at: int, once: str
) -> tuple[Account, str] | None:
    """Somebody new who works here: an anchor, who they are, their roles, an account without a password, a code.

    `met`: the body of families.met without its person; `appointments`: roles made for person 0. Returns the
    account and its code as printed; None when this key did it before. Raises Refused: login-taken.
    """
    with transaction.atomic():
        if once_done(by, once) is not None:
            return None
        if Account.objects.filter(login=login).exists():
            raise Refused("login-taken")
        number = person()
        said = [Statement("families.met", {**met, "person": number, "group": "staff"})]
        said += [Statement(one.kind, {**one.body, "person": number}) for one in appointments]
        said.append(Statement("access.invited", {"person": number}))
        append(said, family=OFFICE, by=by, once=once, at=at)
        account = Account.objects.create(login=login, person=number, door="practice", password=NONE, language=language)
        return account, codes.give(account, at=at)


def sure(account: Account, how: str, word: str, *, at: int) -> None:
    """Whether it was made sure that this is the person. Raises Refused: not-sure, no-word, wrong-word,
    only-in-person (too many wrong words)."""
    if how == STOOD_HERE:
        return
    if how != SAID_WORD:
        raise Refused("not-sure")
    if not account.word:
        raise Refused("no-word")
    place = bounds.word(account.person)
    if bounds.wrong_of(place) >= bounds.A_ROW or not bounds.begin(place, at=at):
        raise Refused("only-in-person")
    if not check_password(chosen.spoken(word), account.word):
        raise Refused("wrong-word")
    bounds.right(place)


def recover(account: Account, *, how: str, word: str = "", by: int, at: int, once: str) -> str | None:
    """A new code for somebody who works here and lost the password or the telephone. From this moment the old
    password, the old telephone, every passkey and the account at the identity provider open nothing, and every visit is
    over. Returns the code, None when done before. Raises Refused as `sure`, and not-yourself, left."""
    _not_oneself(account, by)
    if not account.is_active:
        raise Refused("left")
    if once_done(by, once) is not None:
        return None
    sure(account, how, word, at=at)
    with transaction.atomic():
        _say("access.recovered", account, by=by, at=at, once=once, how=how)
        Account.objects.filter(pk=account.pk).update(password=NONE, totp="", totp_step=0)
        passkeys.forget(account)
        ties.forget(account)
        _forgiven(account)
        visits.end_all(account)
        return codes.give(account, at=at)


def _not_oneself(account: Account, by: int) -> None:
    if account.person == by:
        raise Refused("not-yourself")


def _forgiven(account: Account) -> None:
    for place in (bounds.name(account.login), bounds.second(account.pk), bounds.word(account.person)):
        bounds.right(place)


def unlock(account: Account, *, by: int, at: int, once: str) -> None:
    """Let somebody in again after too many wrong tries, with the password they have."""
    _not_oneself(account, by)
    with transaction.atomic():
        _say("access.unlocked", account, by=by, at=at, once=once)
        bounds.right(bounds.name(account.login))
        bounds.right(bounds.second(account.pk))


def leave(account: Account, *, why: str, by: int, at: int, once: str) -> None:
    """Somebody no longer works here: the account is closed and every visit over at once, the roles end.

    Raises Refused: no-reason, not-yourself, last-administrator.
    """
    _not_oneself(account, by)
    if not why.strip():
        raise Refused("no-reason")
    mine = roles_of(account.person)
    others = {role.person for role in holders("administrator")} - {account.person}
    if not others and any(role.role == "administrator" for role in mine):
        raise Refused("last-administrator")
    with transaction.atomic():
        said = [Statement("access.left", {"person": account.person, "why": why.strip()})]
        said += [_as_given(stood_down(role.id, why=why.strip()), by) for role in mine]
        append(said, family=OFFICE, by=by, once=once, at=at)
        codes.kill(account)
        Account.objects.filter(pk=account.pk).update(is_active=False, password=NONE, totp="", totp_step=0)
        passkeys.forget(account)
        ties.forget(account)
        visits.end_all(account)


def _as_given(statement: Statement, by: int) -> Statement:
    """The statement with the readers of the entry it continues, whoever wrote that one."""
    sql = "SELECT r.person FROM record_reader r JOIN record_entry e ON e.pk = r.entry WHERE e.id = %s ORDER BY r.person"
    named = [person for (person,) in rows(sql, [statement.thing]) if person != by]
    return replace(statement, readers=tuple((person, "addressed") for person in dict.fromkeys(named)))


def set_up(account: Account, *, password: str, secret: str, step: int, word: str, at: int, once: str) -> None:
    """The first day, or the day after a loss: a password, a second factor, a word for the telephone."""
    with transaction.atomic():
        _say("access.began", account, by=account.person, at=at, once=once)
        Account.objects.filter(pk=account.pk).update(
            password=make_password(password), totp=totp.sealed(secret), totp_step=step, **_word(word)
        )
        _forgiven(account)
        visits.end_all(account)


def _word(word: str) -> dict[str, str]:
    return {"word": make_password(chosen.spoken(word))} if word else {}


def give_card(
    number: int, *, called: str, language: str, how: str, word: str = "", by: int, at: int, once: str
) -> tuple[Account, str] | None:
    """A card for somebody of a family or around it. The account is made with the first one. Returns account and
    code; None when this key did it before. Raises Refused as `sure`, and works-here."""
    if once_done(by, once) is not None:
        return None
    account = Account.objects.filter(person=number).first()
    if account is not None and (account.door != "family" or not account.is_active):
        raise Refused("works-here")
    if account is not None:
        sure(account, how, word, at=at)
    elif how != STOOD_HERE:
        raise Refused("no-word" if how == SAID_WORD else "not-sure")
    with transaction.atomic():
        if account is None:
            login = f"~{secrets.token_hex(12)}"  # a name nobody types; theirs comes with the first visit
            account = Account.objects.create(
                login=login, person=number, door="family", password=NONE, language=language
            )
        _say("access.card-given", account, by=by, at=at, once=once, how=how)
        if how == STOOD_HERE:
            bounds.right(bounds.word(number))
        Account.objects.filter(pk=account.pk).update(called=called)
        return account, codes.give(account, at=at)


def choose_pin(account: Account, *, name: str, pin: str, word: str, visit: str, at: int, once: str) -> str:
    """How a family member comes in next time. Returns the name to come in with: theirs, and four digits of ours,
    so that no choice ever says whether somebody else is here. Other visits are over."""
    if once_done(account.person, once) is not None:
        return account.login
    with transaction.atomic():
        login = name if name == account.login else _free(name)
        _say("access.pin-chosen", account, by=account.person, at=at, once=once)
        _forgiven(account)
        Account.objects.filter(pk=account.pk).update(login=login, password=make_password(pin), **_word(word))
        bounds.right(bounds.name(login))
        visits.end_all(account, but=visit)
    return login


def _free(name: str) -> str:
    """The name with four digits behind it that nobody has."""
    for _try in range(100):
        login = f"{name}-{secrets.randbelow(9000) + 1000}"
        if not Account.objects.filter(login=login).exists():
            return login
    raise Refused("no-name")


def change_key(account: Account, *, key: str, visit: str, at: int, once: str) -> None:
    """Another password or PIN. Other visits are over."""
    with transaction.atomic():
        _say("access.key-changed", account, by=account.person, at=at, once=once)
        Account.objects.filter(pk=account.pk).update(password=make_password(key))
        visits.end_all(account, but=visit)
