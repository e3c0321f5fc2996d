"""The words of a reason, beside the entries that were made for it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from core.facts.salts import masked, new_salt


def digest_of(data: dict[str, Any]) -> str:
    """The digest under which the reason of an entry stands, blank for none (older entries hold the
    words themselves)."""
    reason = data.get("reason")
    return str(reason.get("words", "")) if isinstance(reason, dict) else ""


class EntryWordsManager(models.Manager["EntryWords"]):
    def said(self, datas: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The data of entries with the words of their reasons, which are blank where they were
        forgotten; one query for all."""
        datas = list(datas)
        digests = {digest for data in datas if (digest := digest_of(data))}
        rows = self.filter(digest__in=digests) if digests else self.none()
        words = dict(rows.values_list("digest", "words"))
        return [
            data | {"reason": words.get(digest, "")} if (digest := digest_of(data)) else data
            for data in datas
        ]


class EntryWords(models.Model):
    """What somebody typed as the reason of an act. The entry keeps its digest, so that it cannot be
    changed unnoticed; the words can be blanked where they tell of somebody who is forgotten."""

    digest = models.CharField(max_length=32, unique=True)
    salt = models.CharField(max_length=32, blank=True)
    words = models.TextField(blank=True)
    blanked_at = models.DateTimeField(null=True)

    objects: ClassVar[EntryWordsManager] = EntryWordsManager()

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def of(cls, words: str) -> "EntryWords":
        """Words with a salt of their own, not saved."""
        salt = new_salt()
        return cls(digest=masked(salt, words), salt=salt, words=words)
