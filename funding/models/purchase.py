"""Purchase > line > unit: money hangs on units, one for each thing that was paid for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor, Scope, ScopedQuerySet, scope_of
from core.db.managers import manager
from core.facts import columns
from core.facts.salts import new_salt
from funding.reach import awards_of
from funding.things import of_schools, untagged

MONEY = "funding.view_cost"


class VendorQuerySet(models.QuerySet["Vendor"]):
    def seen_by(self, by: MaybeActor) -> Self:
        """The district's vendors; who sees some purchases, those of them."""
        if scope_of(by, "funding.view_purchase", token=False).everything:
            return self
        return self.filter(purchases__in=Purchase.objects.visible_to(by)).distinct()


class Vendor(models.Model):
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("vendor number"), max_length=32, blank=True)
    spin = models.CharField(_("SPIN"), max_length=16, blank=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[VendorQuerySet] = manager(VendorQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="vendor_name", violation_error_code="vendor-name-taken"
            )
        ]

    def __str__(self) -> str:
        return self.name


columns.noun(Vendor, names=["name"])


class Purchase(models.Model):
    number = models.CharField(_("PO number"), max_length=64)
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, null=True, related_name="purchases"
    )
    ordered_on = models.DateField(_("ordered"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[ScopedQuerySet["Purchase"]] = manager(ScopedQuerySet)

    class Meta:
        ordering = ["-ordered_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("number"), name="purchase_number", violation_error_code="po-number-taken"
            )
        ]

    def __str__(self) -> str:
        return self.number

    seen_with = "funding.view_purchase"
    beyond_school = True

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        """What has a unit that is reached; from a school also what is still to come, which may be
        for it."""
        units = Unit.objects.reached_by(scope)
        to_come = bool(scope.schools) and scope.permission != MONEY
        lines = PurchaseLine.objects.filter(PurchaseLine.seen_q(units, to_come=to_come))
        return models.Q(pk__in=lines.values("purchase"))


columns.noun(Purchase, masks=["note"])


class LineKind(models.TextChoices):
    ORDERED = "ordered", _("Ordered")
    INITIAL_BALANCE = "initial", _("Initial balance")
    GIFT = "gift", _("Gift")
    #: Negative; nothing comes of it (quantity 0), the other lines cost less.
    CREDIT = "credit", _("Discount or credit")
    #: Of the whole order; nothing comes of it (quantity 0), the other lines cost more.
    CHARGE = "charge", _("Freight or tax")


#: Lines of which nothing comes: the others bear them.
BORNE = (LineKind.CREDIT, LineKind.CHARGE)


class PurchaseLine(models.Model):
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    kind = models.CharField(max_length=8, choices=LineKind.choices, default=LineKind.ORDERED)
    description = models.CharField(_("description"), max_length=300)
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.DecimalField(
        _("amount, with freight, tax and discount"), max_digits=14, decimal_places=2, null=True
    )
    invoice_number = models.CharField(_("invoice"), max_length=64, blank=True)
    invoice_on = models.DateField(_("invoice date"), null=True, blank=True)
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    account = models.CharField(_("account string"), max_length=64, blank=True)

    objects: ClassVar[models.Manager["PurchaseLine"]] = models.Manager()

    class Meta:
        ordering = ["purchase", "number"]
        constraints = [
            models.UniqueConstraint(fields=["purchase", "number"], name="purchase_line_number"),
            models.CheckConstraint(
                condition=models.Q(kind=LineKind.CREDIT, amount__lt=0, quantity=0)
                | ~models.Q(kind=LineKind.CREDIT)
                & (models.Q(amount=None) | models.Q(amount__gte=0)),
                name="line_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id}/{self.number}"

    @staticmethod
    def seen_q(units: "models.QuerySet[Unit]", *, to_come: bool) -> models.Q:
        """The lines of these units, and those of which something is still to come."""
        if not to_come:
            return models.Q(pk__in=units.values("line"))
        mine = units.filter(line=models.OuterRef("pk"))
        last = Unit.objects.filter(
            line=models.OuterRef("pk"), number=models.OuterRef("quantity"), voided_at=None
        )
        return models.Q(models.Exists(mine)) | ~models.Q(models.Exists(last))


columns.part_of(PurchaseLine, "purchase", key=["id"], names=["description"])


class Unit(models.Model):
    """One thing that was paid for; `cost` None means unknown, which is a queue and never zero."""

    line = models.ForeignKey(PurchaseLine, on_delete=models.PROTECT, related_name="units")
    number = models.PositiveIntegerField()
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=2, null=True)
    received_on = models.DateField(_("received"))
    #: The day of the list that brought it without a day of receipt; `received_on` stands in then.
    listed_on = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedQuerySet["Unit"]] = manager(ScopedQuerySet)

    class Meta:
        constraints = [
            # What is received in the place of a void unit has its number.
            models.UniqueConstraint(
                fields=["line", "number"], name="unit_number", condition=models.Q(voided_at=None)
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None) | models.Q(cost__gte=0), name="unit_cost"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}#{self.number}"

    seen_with = "funding.view_purchase"
    beyond_school = True

    @staticmethod
    def scope_q(scope: Scope) -> models.Q:
        """What a reached award pays for, or paid once; from a school its things, and what nobody
        has tagged yet. What that cost is nobody's at a school until it is a thing there."""
        from funding.models.share import UnitShare  # it is of a unit

        paid = UnitShare.objects.known().filter(award__in=awards_of(scope))
        if not scope.schools:
            return models.Q(pk__in=paid.values("unit"))
        q = of_schools(scope.schools)
        if scope.along:
            q |= models.Q(models.Exists(paid.filter(unit=models.OuterRef("pk"))))
        if scope.permission != MONEY:
            q |= untagged() & models.Q(voided_at=None)
        return q


columns.noun(Unit)
