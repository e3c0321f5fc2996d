"""Many rows in one request: the good ones go in together, the bad ones are named."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from rest_framework.response import Response

from assets.models import Asset
from core.access import may_each
from core.problems import Missing, NotPermitted, Problem, ProblemError, Refused
from people.codes import persons_with

T = TypeVar("T")


class Rows:
    """Outcomes by row number. What is in `failed` takes no further part. `of_all`: what the
    body says of all rows at once; `numbers`: a row is the number of a thing, and has no parts."""

    def __init__(
        self, count: int, name: str, of_all: Collection[str] = (), *, numbers: bool = False
    ) -> None:
        self.count, self.name, self.of_all, self.numbers = count, name, of_all, numbers
        self.failed: dict[int, ProblemError] = {}
        self.done: dict[int, Asset] = {}
        self.notices: Mapping[str, str] = {}

    def fail(self, row: int, error: ProblemError) -> None:
        """Note why a row cannot be done; reasons of one row add up."""
        known = self.failed.get(row)
        if known is None:
            self.failed[row] = error
        else:
            known.problems += error.problems

    def act(self, rows: Sequence[T | None], do: Callable[[list[T]], Iterable[Asset]]) -> None:
        """Do the rows that did not fail, all at once; those that the action refuses fail, and the
        others are tried again without them."""
        while good := [i for i in range(self.count) if i not in self.failed]:
            try:
                made = do([row for i in good if (row := rows[i]) is not None])
            except Refused as error:
                for problem in error.problems:
                    self._refuse(good, problem)
            else:
                self.done = dict(zip(good, made, strict=True))
                return

    def _refuse(self, good: list[int], problem: Problem) -> None:
        head, _dot, rest = (problem.field or "").partition(".")
        number, _dot, field = rest.partition(".")
        if head == "rows" and number.isdecimal():
            self.fail(good[int(number)], Refused(dataclasses.replace(problem, field=field)))
            return
        for row in good:  # nothing says which: none is done
            self.fail(row, Refused(problem))

    def note_codes(self, by: Any) -> None:
        """Say of the tags that were entered which of them are also somebody's id."""
        self.notices = persons_with({a.tag_key for a in self.done.values()}, by)

    def answer(self, status: int) -> Response:
        """One result for each row, in the order of the request."""
        return Response({"results": [self._result(i, status) for i in range(self.count)]})

    def _result(self, row: int, status: int) -> dict[str, Any]:
        error, asset = self.failed.get(row), self.done.get(row)
        errors = [
            {
                "code": p.code,
                "message": str(p.message),
                "pointer": self._pointer(row, p.field or ""),
            }
            for p in (error.problems if error else [])
        ]
        return {
            "row": row,
            "status": error.status if error else status,
            "id": asset.pk if asset else None,
            "tag": asset.tag if asset else None,
            "errors": errors,
            "notices": [said] if asset and (said := self.notices.get(asset.tag_key)) else [],
        }

    def _pointer(self, row: int, field: str) -> str:
        """What in the body a problem is about."""
        if field in self.of_all:
            return f"/{field}"
        at = f"/{self.name}/{row}"
        return f"{at}/{field}" if field and not self.numbers else at


def named(rows: Rows, pks: Sequence[int], by: Any, perm: str) -> list[Asset | None]:
    """The assets that a request names, by row; those that are not there or not the reader's fail
    with 404, those where the role does not allow it with 403, a second mention with 409."""
    seen: set[int] = set()
    found = Asset.objects.visible_to(by).in_bulk(pks)
    rights = may_each(by, perm, list(found.values()))
    allowed = {a.pk for a, may in zip(found.values(), rights, strict=True) if may}
    assets = []
    for i, pk in enumerate(pks):
        asset = found.get(pk)
        assets.append(asset)
        if pk in seen:
            rows.fail(i, Refused(Problem("asset-twice", _("An asset stands here twice."))))
        seen.add(pk)
        if asset is None:
            rows.fail(i, missing(""))
        elif pk not in allowed:
            message = _("Your role does not allow this here. Ask your district administrator.")
            rows.fail(i, NotPermitted(Problem("not-permitted", message)))
    return assets


def missing(field: str) -> Missing:
    """What a row says where it names something that is not the reader's."""
    message = _("There is nothing of this number, or it is not yours to see.")
    return Missing(Problem("not-found", message, field))
