"""Accounts: how somebody gets in. What they may read is never stored here. And the register of roles."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager):
    """Finds accounts by the name they sign in with."""


class Account(AbstractBaseUser):
    """One person's way in. `person` is the anchor in the record; `card` is a keyed hash of a card's code.

    `door`: practice or family. Choices of reading (language, text size, light, single keys) belong to the
    person, and so do `recent`, what they opened last (recent.py), and `looks`, the ways of looking at a story
    that they gave a name (own_looks.py), both JSON.
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
