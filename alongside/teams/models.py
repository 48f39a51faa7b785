"""Register: appointments to come, so that a worker's own can be listed across families."""

from django.db import models


class Coming(models.Model):
    """One row for each appointment that was not cancelled and whose day is known. `place`: of the entry that
    fixed it; `now`: of the entry that says when it is now; `day`: ordinal."""

    place = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    now = models.BigIntegerField()
    day = models.IntegerField()

    class Meta:
        db_table = "teams_coming"
        indexes = [models.Index(fields=["family", "day"], name="teams_coming_day")]
