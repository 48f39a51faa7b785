"""What is kept of the identity provider: who is whom, and which visits hang on it."""

from django.db import models


class Tie(models.Model):
    """One account here is one account there (ties.py). `issuer`: the provider; `found`: a keyed hash of the provider
    and of who it says they are; `tied` and `used`: days, `used` None until then; `refused`: since when the provider
    says no, microseconds, or 0."""

    account = models.OneToOneField("access.Account", on_delete=models.CASCADE, primary_key=True)
    issuer = models.CharField(max_length=300)
    found = models.CharField(max_length=64, unique=True)
    tied = models.IntegerField()
    used = models.IntegerField(null=True)
    refused = models.BigIntegerField(default=0)

    class Meta:
        db_table = "access_tie"


class HangsOn(models.Model):
    """A visit that hangs on a session at the provider (watching.py). `visit`: its id; `account`: whose; `sub` and
    `sid`: keyed hashes of whom and which session the provider means when it says that somebody left, `sid` '' for
    none; `renews`: sealed, what the provider is asked with, or ''; `asked`: microseconds."""

    visit = models.CharField(max_length=32, primary_key=True)
    account = models.BigIntegerField(db_index=True)
    sub = models.CharField(max_length=64, db_index=True)
    sid = models.CharField(max_length=64, db_index=True)
    renews = models.TextField()
    asked = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "access_hangs_on"
