"""Beginning the log again, as `alongside checkpoint begin-again` does it, and how it is told ever after."""

LEADS = ("leader", "administrator")
WHY_NOT = {
    "in-order": "The log is in order and goes on under its name: nothing of it was lost.",
    "nothing-signed": "Nothing was signed yet: the log begins by itself.",
    "another-log": "The signer's folder is of another log than this record. Put the right one in its place, or move it "
    "away.",
    "another-key": "The last checkpoint in the record was not signed with the log's key. Put the signer's folder back "
    "from its own backup; if that does not help, somebody has changed the record: \"alongside verify\".",
    "changed": "What is here of the log is not what was signed. That is no loss but a change, and beginning again does "
    "not mend it: \"alongside verify\" names it.",
}  # fmt: skip


def begin_again(args):
    """0. Problem where there is no reason to, where nobody answers for it, or where something was changed."""
    from django.conf import settings

    from alongside import clock, ids
    from alongside.record.log import again
    from alongside.site import keys
    from alongside.site.keeping import folders
    from alongside.site.problem import Problem

    by, why = _who(args.by), " ".join(args.why.split())
    if not why:
        raise Problem("Say why: --why TEXT. It is kept in the office's record for ever.")
    folder = keys.signer_place(settings.DATA, settings.DEMO)
    try:
        begun, signed = again.begin_again(folder, by=by, why=why, once=ids.new(), at=clock.micros(clock.now()))
    except again.WillNotBegin as no:
        raise Problem(f"Nothing was begun. {WHY_NOT[str(no)]}") from None
    folders.as_was(settings.DATA, folder)
    print(sentence(begun))
    print(f"The new public key, for everybody who has the earlier one: {signed.key}")
    print(f"Copy the signer's folder anew, print a checkpoint, and tell whoever has an earlier one: {folder}")
    return 0


def _who(login):
    """The person who answers for it."""
    from alongside.access.roles import holds
    from alongside.exchange.export.acts import person_of
    from alongside.record.statement import Refused
    from alongside.site.problem import Problem

    try:
        person = person_of(login or "")
    except Refused:
        person = None
    if person is None or not holds(person, *LEADS):
        raise Problem("Say who answers for it: --by LOGIN, a leader or an administrator.")
    return person


def sentence(begun):
    """Where the earlier log is broken off, with the reason that was given."""
    from alongside.access.standing import office_day
    from alongside.record.log.printed import broken_off

    return f"{broken_off(begun, str(office_day(begun.at)))} Why, as was said then: {begun.why}"


def sentences():
    """One for each time the log was begun again, oldest first, without the reasons: a page for outside holds no words
    of anybody."""
    from alongside.access.standing import office_day
    from alongside.record.log.begun import beginnings
    from alongside.record.log.printed import broken_off

    return [broken_off(one, str(office_day(one.at))) for one in beginnings()]
