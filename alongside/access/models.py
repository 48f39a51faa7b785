"""Accounts: how somebody gets in. What they may read is never stored here. And the register of roles."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager):
    """Finds accounts by the name they sign in with."""


class Account(AbstractBaseUser):
    """One person's way in. `person` is the anchor in the record.

    `door`: practice or family. `password`: of a worker's password or a family member's PIN (argon2), or
    unusable. `totp`: the sealed secret of the second factor, or ''; `totp_step`: the last step that was taken.
    `called`: what their card calls them. `word`: of the word agreed for the telephone (argon2), or ''.
    `card`: the demo's cards alone, a keyed hash.
    Choices of reading (language, text size, light, single keys) belong to the person, and so do `recent`, what they
    opened last (recent.py), and `looks`, the ways of looking at a story that they gave a name (own_looks.py), both
    JSON.
    """

    login = models.CharField(max_length=80, unique=True)
    person = models.IntegerField(unique=True)
    door = models.CharField(max_length=10, choices=[("practice", "practice"), ("family", "family")])
    card = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=8, default="nb")
    light = models.CharField(max_length=5, blank=True)
    text_size = models.PositiveSmallIntegerField(default=100)
    single_keys = models.BooleanField(default=True)
    recent = models.TextField(blank=True, default="")
    looks = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    totp = models.CharField(max_length=200, blank=True)
    totp_step = models.BigIntegerField(default=0)
    called = models.CharField(max_length=80, blank=True)
    word = models.CharField(max_length=128, blank=True)

    objects = Accounts()
    USERNAME_FIELD = "login"

    class Meta:
        db_table = "access_account"


class CodeGiven(models.Model):
    """A one-time code on paper: a family's card or a worker's invitation. At most one for an account.

    `open`: the part that finds it; `secret`: a keyed hash of the whole code; `wrong`: tries that did not fit;
    `until`: microseconds. A used or killed code is deleted.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE)
    open = models.CharField(max_length=4, unique=True)
    secret = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    until = models.BigIntegerField()

    class Meta:
        db_table = "access_code"


class Wrong(models.Model):
    """Wrong tries at one place (bounds.py): `place` is a keyed hash of a name, so that no name stands here.

    `tries`: since the last right one. `until`: the pause ends, microseconds, or 0. `at`: the last try.
    """

    place = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "access_wrong"


class VisitOpen(models.Model):
    """A visit that has begun and was not ended. `strength`: of the way in; `proved`: when a second factor or
    a PIN was last shown, or 0; `began` and `last`: microseconds, `last` is kept to five minutes. `until`: it ends then
    unless an identity provider was asked again, or 0 where none is."""

    id = models.CharField(max_length=32, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    way = models.CharField(max_length=10)
    device = models.CharField(max_length=10)
    strength = models.PositiveSmallIntegerField()
    proved = models.BigIntegerField(default=0)
    began = models.BigIntegerField()
    last = models.BigIntegerField()
    until = models.BigIntegerField(default=0)

    class Meta:
        db_table = "access_visit"


class Passkey(models.Model):
    """One key that an authenticator keeps for somebody who works here (passkeys.py).

    `found`: SHA-256 of the credential's id, by which an answer finds it; `key`: the attested credential data
    (id and public key), base64; `called`: the device in its owner's words; `signed`: the authenticator's counter;
    `added` and `used`: days, `used` None until then; `doubted`: its counter went back, it opens nothing any more.
    """

    id = models.CharField(max_length=32, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    found = models.CharField(max_length=64, unique=True)
    key = models.TextField()
    called = models.CharField(max_length=60)
    signed = models.BigIntegerField(default=0)
    added = models.IntegerField()
    used = models.IntegerField(null=True)
    doubted = models.BooleanField(default=False)

    class Meta:
        db_table = "access_passkey"


class Begun(models.Model):
    """Something one browser has begun and comes back with once (begun.py). `key`: a keyed hash of what only its
    session holds; `body`: JSON; `until`: microseconds."""

    key = models.CharField(max_length=64, primary_key=True)
    body = models.TextField()
    until = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "access_begun"


class RoleHeld(models.Model):
    """Register: who holds which role in the office today (roles.py)."""

    entry = models.BigIntegerField(primary_key=True)
    id = models.CharField(max_length=32)
    person = models.IntegerField(db_index=True)
    role = models.CharField(max_length=16)
    unit = models.CharField(max_length=80)
    of_person = models.IntegerField(null=True)

    class Meta:
        db_table = "access_role"


class Away(models.Model):
    """Register: which worker is away from which family, who stands in, from which day to which (absence.py)."""

    entry = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    person = models.IntegerField()
    stand_in = models.IntegerField()
    first_day = models.IntegerField()
    last_day = models.IntegerField()

    class Meta:
        db_table = "access_away"
        indexes = [models.Index(fields=["stand_in", "family", "last_day"], name="access_away_stand_in")]


class Hazard(models.Model):
    """Register: the protections that are on (hazards.py). `seq`: of the entry that put it on."""

    entry = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    person = models.IntegerField()
    seq = models.PositiveIntegerField()

    class Meta:
        db_table = "access_hazard"
        indexes = [models.Index(fields=["family", "person"], name="access_hazard_person")]


class Closed(models.Model):
    """Register: the families whose work has ended, and the worker who ended it (ending.py)."""

    family = models.PositiveIntegerField(primary_key=True)
    entry = models.BigIntegerField()
    person = models.IntegerField()

    class Meta:
        db_table = "access_closed"


class Looked(models.Model):
    """Store: who looked at what (looking.py). `family` 0: no family's page, such as the log itself. `role`: the
    relationship or the role through which; `given`: the entry that gave the relationship; `entry`: the one that
    was opened, if it was one. Moments in microseconds."""

    person = models.IntegerField()
    role = models.CharField(max_length=16)
    family = models.PositiveIntegerField()
    page = models.CharField(max_length=40)
    entry = models.BigIntegerField(null=True)
    given = models.BigIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        db_table = "access_looked"
        indexes = [
            models.Index(fields=["family", "at"], name="access_looked_family"),
            models.Index(fields=["at"], name="access_looked_at"),
        ]


class Opening(models.Model):
    """Register: openings in an emergency, and tries that opened nothing (`family` null). urgent.py."""

    entry = models.BigIntegerField(primary_key=True)
    id = models.CharField(max_length=32)
    family = models.PositiveIntegerField(null=True)
    person = models.IntegerField()
    at = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=16)
    why = models.TextField()
    sought = models.TextField()
    judged = models.CharField(max_length=8)
    judged_why = models.TextField()

    class Meta:
        db_table = "access_opening"
        indexes = [models.Index(fields=["person", "at"], name="access_opening_person")]


class Told(models.Model):
    """Register: who was told of an opening at once."""

    entry = models.BigIntegerField()
    person = models.IntegerField(db_index=True)

    class Meta:
        db_table = "access_told"


class AskedFurther(models.Model):
    """Register: within an opening somebody asked for more; sealed things wait for `second` to say yes."""

    entry = models.BigIntegerField(primary_key=True)
    id = models.CharField(max_length=32)
    opening = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=8)
    why = models.TextField()
    second = models.IntegerField(null=True, db_index=True)
    agreed = models.BooleanField()

    class Meta:
        db_table = "access_asked_further"


class Beforehand(models.Model):
    """Register: a supervisor has said yes to one more opening, before it."""

    entry = models.BigIntegerField(primary_key=True)
    person = models.IntegerField(db_index=True)
    at = models.BigIntegerField()

    class Meta:
        db_table = "access_beforehand"


class Findable(models.Model):
    """Register: a keyed hash of the name and birth year of those whose name the whole team of a family knows."""

    entry = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    key = models.CharField(max_length=64, db_index=True)

    class Meta:
        db_table = "access_findable"


from alongside.access.provider.models import HangsOn, Tie  # noqa: E402, F401  tables of this room as well
