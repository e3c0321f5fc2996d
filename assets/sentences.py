"""How an asset's entries read."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.models import Asset, Condition, DisposalMethod, Place, Product, Status
from core.access import MaybeActor
from funding.models import Unit

#: Those of the acts stand with them.
SENTENCES: dict[str, Any] = {
    "asset.registered": _("{subject} was registered[ with tag {tag}]"),
    "asset.initialized": _("{subject} was taken over from before this register[ with tag {tag}]"),
    "asset.condition_noted": _("{subject}: condition {condition}"),
    "asset.put_back": _(
        "{subject} stands as before[, with {holder}][, in {room}]: what was done was "
        "undone[ ({reason})]"
    ),
    "asset.dated": _("{subject} was there since another day"),
    "asset.absorbed": _("{subject} took over another row[, {tag}]"),
    "asset.separated": _("{subject} gave back what it had taken over ({reason})"),
    "asset.never_was": _("{subject} never was either: it is {into}, which is void ({reason})"),
    "asset.was_after_all": _("{subject} was there after all, as {into} was ({reason})"),
    "asset.unit_taken": _("{subject} took over what was paid[ for {from}]"),
    "asset.unit_passed": _("What was paid for {subject} is told of {asset}, on past days too"),
    "asset.unit_given_back": _("{subject} gave back what was paid"),
    "asset.code_added": _("{code} leads to {subject} too"),
    "asset.label_printed": _("A label of {subject} was printed on {sheet}"),
    "product.created": _("A product was added to the catalog"),
    "product.changed": _("A product of the catalog was changed"),
    "product.merged": _("Two products were merged ({reason})"),
    "category.created": _("A category was added"),
    "category.changed": _("A category was changed"),
    "tags.reserved": _("Tag numbers {first} to {last} were reserved"),
    "tags.taken": _("Tag numbers taken: {count}"),
}


FIELDS: dict[str, Any] = {
    "status": _("status"),
    "place": _("place"),
    "room": _("room"),
    "person": _("with"),
    "holder": _("holder"),
    "container": _("container"),
    "home_room": _("home room"),
    "school": _("school"),
    "condition": _("condition"),
    "description": _("description"),
    "use": _("use"),
    "title_holder": _("title holder"),
    "acquired_on": _("acquired"),
    "tag": _("tag"),
    "serial": _("serial number"),
    "product": _("product"),
    "unit": _("unit"),
    "sale_price": _("sale price"),
    "disposed_on": _("disposed on"),
    "method": _("method"),
}
CHOICES: dict[str, Any] = {
    "status": dict(Status.choices),
    "place": dict(Place.choices),
    "condition": dict(Condition.choices),
    "method": dict(DisposalMethod.choices),
}


def products(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """The products that somebody sees."""
    found = Product.objects.seen_by(by).filter(pk__in=ids).select_related("category")
    return {p.pk: str(p) for p in found}


def names(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """The assets that somebody sees, by their tags."""
    return dict(Asset.objects.visible_to(by).filter(pk__in=ids).values_list("pk", "tag"))


def things_of_units(unit_ids: Iterable[int], by: MaybeActor) -> dict[int, tuple[str, str]]:
    """Per unit whose thing somebody sees its tag and address."""
    seen = Asset.objects.visible_to(by).filter(unit__in=list(unit_ids))
    rows = seen.values_list("unit_id", "pk", "tag")
    return {unit: (tag, reverse("asset", args=[pk])) for unit, pk, tag in rows}


def units(ids: set[int], by: MaybeActor) -> dict[int, str]:
    """Units by their number on their purchase; purchases of others are not named."""
    found = Unit.objects.visible_to(by).filter(pk__in=ids).select_related("line__purchase")
    return {
        u.pk: gettext("%(po)s, unit %(number)s")
        % {"po": u.line.purchase.number, "number": u.number}
        for u in found
    }
