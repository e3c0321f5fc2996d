"""Purchases whose numbers look like one: a spreadsheet takes zeros off, a system puts PO before
them."""

from django.utils.translation import gettext as _

from core.access import Actor
from core.text.alike import loosely
from funding.models import Purchase
from integrations.kinds.assets.questions import PURCHASE
from integrations.kinds.assets.row import AssetPlan

#: What stands before a number and tells nothing.
BEFORE = ("po", "p", "o", "purchase", "order", "number", "num", "no", "nr")


def _loose(number: str) -> str:
    return loosely(number, *BEFORE)


class PurchasesAlike:
    """The numbers of the purchases that are here, and of those that the rows of a file bring."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._numbers: set[str] | None = None
        #: By what is left of it, a number that is here.
        self._here: dict[str, str] = {}
        #: By what is left of it, a new number of the file, and its row.
        self._new: dict[str, tuple[str, int]] = {}

    def here(self, number: str) -> str | None:
        """The number of a purchase that is here and looks like a new one; None where none does."""
        if self._numbers is None:
            rows = Purchase.objects.visible_to(self.by).order_by("pk")
            found = list(rows.values_list("number", flat=True))
            self._numbers = {n.lower() for n in found}
            for known in found:
                self._here.setdefault(_loose(known), known)
        return None if number.lower() in self._numbers else self._here.get(_loose(number))

    def settled(self, plan: AssetPlan) -> bool:
        """Whether the row's purchase is certain. Somebody is asked of a new one that looks like
        one that is here, or of an earlier row."""
        number = plan.values.po or ""
        other, row = self.here(number), 0
        if other is None and number.lower() not in (self._numbers or ()):
            other, row = self._new.setdefault(_loose(number), (number, plan.row.number))
        if other is None or other.lower() == number.lower():
            return True
        message = _("The purchase %(number)s looks like %(other)s, with other zeros or signs.")
        if row:
            message = _(
                "The purchase %(number)s looks like %(other)s in row %(row)s, with other zeros or "
                "signs."
            )
        words = {"number": number, "other": other, "row": row}
        about = number.lower(), other.lower()  # whichever row or import brought that one
        choice = plan.ask(PURCHASE, "po", message % words, *about)
        if choice == "that":
            plan.values.po = other
        return bool(choice)
