"""Register: the names of those who work here, from the office's own record."""

from django.db import models


class Worker(models.Model):
    """One row for each person named in the office's record."""

    person = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    called = models.CharField(max_length=80)
    role = models.TextField()
    unit = models.CharField(max_length=80)

    class Meta:
        db_table = "families_worker"
