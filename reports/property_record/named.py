"""What R1 calls people, products, lines, rooms and schools, as it was known."""

from collections.abc import Iterable

from assets.models import Category, Product
from core.journal.remembered import cannot_tell
from funding.models import Award, PurchaseLine, UnitShare
from people.models import Person, Room, School
from people.models.person import pseudonym
from reports.property_record.then import Then

CHUNK = 5000


def staff(then: Then) -> set[int]:
    """Everybody who was of the staff, as known then: what they answered for stays theirs, whoever
    left, became staff or was forgotten since."""
    found = set(Person.objects.filter(kind=Person.Kind.STAFF).values_list("pk", flat=True))
    for pk, told in then.people.values.items():
        (found.add if told["kind"] == Person.Kind.STAFF else found.discard)(pk)
    return found


def names(ids: Iterable[int]) -> dict[int, str]:
    """Those of these who are of the staff and were not forgotten, by name."""
    wanted = set(ids)
    people = Person.objects.order_by().filter(kind=Person.Kind.STAFF, erased_at=None)
    if len(wanted) <= CHUNK:
        people = people.filter(pk__in=wanted)
    return {p.pk: p.name for p in people if p.pk in wanted}


def pseudonyms(ids: Iterable[int]) -> dict[int, str]:
    """People by their pseudonyms."""
    wanted = set(ids)
    people = Person.objects.order_by()
    if len(wanted) <= CHUNK:  # the whole roster is read sooner than a longer list is sent
        people = people.filter(pk__in=wanted)
    rows = people.values_list("pk", "salt")
    return {pk: pseudonym(salt) for pk, salt in rows if pk in wanted}


def together(*words: str) -> str:
    """Words side by side; what nobody can tell is said once."""
    untold = cannot_tell()
    told = [word for word in words if word and word != untold]
    return " ".join([*told, untold] if untold in words else told).strip()


def products(then: Then) -> dict[int, tuple[str, str, int | None, str, int]]:
    """Per product its category, make and model, useful life in months (None: nobody can tell of
    what category it was), class and the category's key."""
    kinds = {c.pk: then.categories.of(c) for c in Category.objects.all()}
    found = {}
    for product in map(then.products.of, Product.objects.all()):
        of = kinds[product.category_id]
        called, life = of.name, None if of.pk in then.categories.untold else of.useful_life_months
        if "category" in then.products.untold.get(product.pk, ()):
            called, life = cannot_tell(), None
        name = together(product.make, product.model)
        found[product.pk] = (called, name, life, of.asset_class, of.pk)
    return found


def lines(award: Award, then: Then) -> dict[int, tuple[int, str, str]]:
    """Per purchase line of the award its purchase (key), PO and invoice number."""
    paid = UnitShare.objects.filter(award=award).values("unit__line")
    rows = PurchaseLine.objects.filter(pk__in=paid).values_list(
        "pk", "purchase", "purchase__number", "invoice_number"
    )
    return {
        pk: (
            purchase,
            then.purchases.get(purchase, "number", po),
            then.lines.get(pk, "invoice_number", invoice),
        )
        for pk, purchase, po, invoice in rows
    }


def rooms(then: Then) -> dict[int, tuple[str, str, int | None]]:
    """Per room its building, code and custodian."""
    rows = map(then.rooms.of, Room.objects.only("pk", "building", "code", "custodian"))
    found = {room.pk: (room.building, room.code, room.custodian_id) for room in rows}
    for pk, untold in then.rooms.untold.items():
        if {"building", "code"} <= untold and pk in found:  # side by side it is said once
            found[pk] = ("", *found[pk][1:])
    return found


def schools(then: Then) -> dict[int, str]:
    """Per school its name."""
    rows = School.objects.values_list("pk", "name")
    return {pk: then.schools.get(pk, "name", name) for pk, name in rows}
