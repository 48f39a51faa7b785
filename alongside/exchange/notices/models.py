"""Store: who wished to be told, how, and at which hour. It is the person's own, and no part of any record."""

from django.db import models


class Wish(models.Model):
    """`way`: text or mail; `to`: a telephone number or an address; `hour`: local hour of the day; `since`: what
    was received after this moment (microseconds) is new; `asked_on`: ordinal day on which it was last looked at."""

    person = models.IntegerField(primary_key=True)
    way = models.CharField(max_length=4, choices=[("text", "text"), ("mail", "mail")])
    to = models.CharField(max_length=254)
    hour = models.PositiveSmallIntegerField()
    since = models.BigIntegerField()
    asked_on = models.IntegerField()

    class Meta:
        db_table = "notices_wish"
        indexes = [models.Index(fields=["asked_on"], name="notices_wish_asked")]
