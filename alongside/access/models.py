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
