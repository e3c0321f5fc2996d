"""Which spans held at an instant, as known now or at another."""

from datetime import datetime
from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.db.models import F, Q

S = TypeVar("S", bound=models.Model)


def as_of_q(at: datetime, known_at: datetime | None = None, path: str = "") -> Q:
    """The spans that held at an instant, as we know now or as we knew at `known_at`."""

    def q(**kwargs: Any) -> Q:
        return Q(**{path + key: value for key, value in kwargs.items()})

    began = q(valid_from__lte=at)
    open_ = q(valid_to=None) | q(valid_to__gt=at)
    if known_at is None:
        return began & open_ & q(known_to=None)
    known = q(known_from__lte=known_at) & (q(known_to=None) | q(known_to__gt=known_at))
    return began & known & (open_ | q(closed_known__gt=known_at))


def known_q(at: datetime | None = None, path: str = "") -> Q:
    """The spans that are held to be true today, or were at an instant, over all time."""
    true = Q(**{f"{path}known_to": None})
    if at is None:
        return true
    return (true | Q(**{f"{path}known_to__gt": at})) & Q(**{f"{path}known_from__lte": at})


def standing_q(path: str = "") -> Q:
    """The spans that hold today and have no end, as known now."""
    return Q(**{f"{path}known_to": None, f"{path}valid_to": None})


class SpanQuerySet(models.QuerySet[S], Generic[S]):
    def as_of(self, at: datetime, known_at: datetime | None = None) -> Self:
        """What held at `at` (instant), as known now or at `known_at`."""
        return self.filter(as_of_q(at, known_at))

    def known(self, at: datetime | None = None) -> Self:
        """What is held to be true today, or was at an instant, over all time."""
        return self.filter(known_q(at))

    def standing(self) -> Self:
        """What holds today and has no end, as known now."""
        return self.filter(standing_q())

    def lasting(self, after: datetime | None = None) -> Self:
        """Those that stood for some time, or did after an instant; not those that were replaced at
        the instant of their beginning."""
        ended = Q(valid_to__gt=F("valid_from"))
        if after is not None:
            ended &= Q(valid_to__gt=after)
        return self.filter(Q(valid_to=None) | ended)

    def in_order(self) -> Self:
        """As they became true; one that was replaced at the instant of its beginning comes
        before the one that replaced it."""
        return self.order_by("valid_from", F("valid_to").asc(nulls_last=True), "pk")
