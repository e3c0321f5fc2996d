"""Keys of people, and of rooms elsewhere, in the records of the API: told of whom the reader may
open, of nobody else."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.db.models import Model

from core.api.shapes import Noun
from people.lookup import told_keys, told_rooms
from people.naming import named_in

M = TypeVar("M", bound=Model)


class OfPeople(Noun[M]):
    """A record that holds keys of people. A key is null where the record shows its people by
    pseudonyms, and where it is of somebody of another school whose record is not the reader's."""

    #: The property, and the column of the row.
    keys_of_people: ClassVar[dict[str, str]]
    #: As these, of rooms that the record names though it does not stand in them.
    keys_of_rooms: ClassVar[dict[str, str]] = {}
    #: Whether a pseudonym on the row hides the key, too.
    shows_people = True

    def to_representation(self, instance: M) -> dict[str, Any]:
        data = super().to_representation(instance)
        for name, column in self.keys_of_people.items():
            key = getattr(instance, column)
            if name in data and key is not None and not self._told(instance, key):
                data[name] = None
        for name, column in self.keys_of_rooms.items():
            if name in data and getattr(instance, column) not in self._known_rooms:
                data[name] = None
        return data

    def _told(self, row: M, key: int) -> bool:
        return key in self._known and not (self.shows_people and row.pk not in self._named)

    @cached_property
    def _shown(self) -> Sequence[M]:
        """The rows of this answer."""
        return list(getattr(self.parent, "instance", None) or [self.instance])

    @cached_property
    def _known(self) -> set[int]:
        return told_keys(self._keys(self.keys_of_people), self.context["request"].user)

    @cached_property
    def _known_rooms(self) -> set[int]:
        keys = self._keys(self.keys_of_rooms)
        return told_rooms(keys, self.context["request"].user) if keys else set()

    def _keys(self, named: dict[str, str]) -> set[int]:
        columns = named.values()
        return {k for row in self._shown for c in columns if (k := getattr(row, c)) is not None}

    @cached_property
    def _named(self) -> set[int]:
        return named_in(self.context["request"].user, self._shown)
