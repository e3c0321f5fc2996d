"""A named lease: one holder at a time among many processes."""

from django.db import models


class Lease(models.Model):
    name = models.CharField(max_length=64, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    #: The sealer's: every entry before it is sealed. A transaction's number on PostgreSQL, else an
    #: entry's.
    floor = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
