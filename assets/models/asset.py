"""The asset: one thing, as it is today."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assets.models.catalog import Product
from assets.models.keys import code_key, tag_order
from assets.models.span import AssetSpan
from assets.models.status import CLOSED, Condition, Place, Status
from core.access import Scope, ScopedQuerySet
from core.db.managers import manager
from core.facts import columns
from funding.models import Unit, UnitShare
from funding.reach import awards_of
from people.models import Person, Room, School


class AssetQuerySet(ScopedQuerySet["Asset"]):
    def active(self) -> Self:
        """Neither disposed nor void."""
        return self.exclude(status__in=CLOSED)

    def paid_by(
        self, awards: Iterable[int], at: datetime | None = None, known_at: datetime | None = None
    ) -> Self:
        """The things that these awards (keys) pay for, also at $0.00: today, or at an instant."""
        if at is not None:
            spans = AssetSpan.objects.paid_by(awards, at, known_at)
            return self.filter(pk__in=spans.values("asset"))
        # Today's row is what the open span says, and read faster.
        paid = UnitShare.objects.paid_by(awards)
        return self.exclude(status=Status.VOID).filter(unit__in=paid.values("unit"))

    def held_by(self, person: Person) -> Self:
        """What a person answers for now, or has with them."""
        return self.filter(Q(holder=person) | Q(person=person))

    def in_room_on(self, room: Room, at: datetime) -> Self:
        """What was in a room at an instant."""
        return self.filter(pk__in=AssetSpan.objects.as_of(at).filter(room=room).values("asset"))

    def for_list(self) -> Self:
        return self.select_related("product__category", "school", "room", "person", "holder")


class Asset(models.Model):
    """A thing. Status, place, holder and home are four things and change only through actions."""

    notices: list[str]  # what else its codes mean, for the answer to who just gave it one

    tag = models.CharField(_("tag"), max_length=64)
    tag_key = models.CharField(max_length=64, editable=False)
    tag_order = models.CharField(max_length=128, editable=False)
    serial = models.CharField(_("serial number"), max_length=128, blank=True)
    serial_key = models.CharField(max_length=128, blank=True, editable=False)
    # Indexes cost each act: a key that begins one of the indexes below has none of its own.
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="assets", db_index=False
    )
    description = models.CharField(_("description"), max_length=300, blank=True)

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="assets", db_index=False
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    place = models.CharField(_("place"), max_length=12, choices=Place.choices)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="assets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    container = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="content", db_index=False
    )
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="assets_held"
    )
    home_room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    condition = models.CharField(
        _("condition"), max_length=8, choices=Condition.choices, blank=True, default=""
    )
    condition_on = models.DateField(_("condition as of"), null=True)

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, null=True, related_name="asset")
    acquired_on = models.DateField(_("acquired"), null=True)
    title_holder = models.CharField(_("title holder"), max_length=64, blank=True)
    use = models.CharField(_("use"), max_length=200, blank=True)
    last_verified_on = models.DateField(_("last verified"), null=True)
    registered_at = models.DateTimeField()
    legacy = models.BooleanField(_("from before this register"), default=False)
    source_key = models.CharField(max_length=80, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    salt = models.CharField(max_length=32, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[AssetQuerySet] = manager(AssetQuerySet)

    class Meta:
        ordering = ["tag_order", "pk"]
        indexes = [
            models.Index(fields=["school", "tag_order"], name="asset_school_order"),
            models.Index(fields=["status", "tag_order"], name="asset_status_order"),
            models.Index(fields=["tag_order"], name="asset_order"),
            models.Index(fields=["serial_key"], name="asset_serial"),
            models.Index(fields=["product", "tag_order"], name="asset_product_order"),
            models.Index(
                fields=["container"], name="asset_container", condition=~Q(container=None)
            ),
            models.Index(
                fields=["merged_into"], name="asset_merged_into", condition=~Q(merged_into=None)
            ),
        ]
        constraints = [
            # A tag is never used twice, not after disposal either.
            models.UniqueConstraint(
                fields=["tag_key"], name="asset_tag", violation_error_code="tag-taken"
            ),
            # A serial is unique per make and model: two models of one make may share one.
            models.UniqueConstraint(
                fields=["product", "serial_key"],
                name="asset_serial_per_product",
                condition=~Q(serial_key="") & ~Q(status=Status.VOID) & Q(merged_into=None),
                violation_error_code="serial-taken",
            ),
            models.CheckConstraint(
                name="asset_one_place",
                condition=(
                    Q(place=Place.ROOM, room__isnull=False, person=None, container=None)
                    | Q(place=Place.PERSON, room=None, person__isnull=False, container=None)
                    | Q(place=Place.CONTAINER, room=None, person=None, container__isnull=False)
                    | Q(
                        place__in=[Place.TRANSIT, Place.UNPLACED, Place.CLOSED],
                        room=None,
                        person=None,
                        container=None,
                    )
                ),
            ),
            models.CheckConstraint(
                name="asset_closed_place",
                condition=~Q(status__in=CLOSED) | Q(place=Place.CLOSED, holder=None),
            ),
        ]

    def __str__(self) -> str:
        return self.tag

    seen_with = "assets.view_asset"
    beyond_school = True

    @staticmethod
    def scope_q(scope: Scope) -> Q:
        paid = UnitShare.objects.known().filter(award__in=awards_of(scope))
        if not scope.schools:
            return Q(unit__in=paid.values("unit"))
        here = Q(school__in=scope.schools)
        return here | Q(Exists(paid.filter(unit=OuterRef("unit")))) if scope.along else here


columns.noun(
    Asset,
    masks=["description"],
    derived={
        "tag_key": ("tag", code_key),
        "tag_order": ("tag", tag_order),
        "serial_key": ("serial", code_key),
    },
)
