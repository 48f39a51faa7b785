"""Accounts: how somebody gets in. What they may read is never stored here. And the register of roles."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager):
    """Finds accounts by the name they sign in with."""


class Account(AbstractBaseUser):
    """One person's way in. `person` is the anchor in the record; `card` is a keyed hash of a card's code.

    `door`: practice or family. Choices of reading (language, text size, light) belong to the person.
    """

    login = models.CharField(max_length=80, unique=True)
    person = models.IntegerField(unique=True)
    door = models.CharField(max_length=10, choices=[("practice", "practice"), ("family", "family")])
    card = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=8, default="nb")
    light = models.CharField(max_length=5, blank=True)
    text_size = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)

    objects = Accounts()
    USERNAME_FIELD = "login"

    class Meta:
        db_table = "access_account"


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
