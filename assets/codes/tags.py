"""Tag ranges: numbers reserved in advance, handed out once."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assets.codes.meanings import alike
from assets.models import Asset, AssetCode, TagRange
from assets.models.keys import code_key
from core.access import Actor, require
from core.journal.writing import changed, record, save_changes
from core.models import District
from core.problems import Problem, refuse_if
from core.text.alike import written_otherwise
from people.models import School

#: What the range is called that the district makes for itself.
OWN = "district"


def reserve_tags(
    name: str,
    first: int,
    last: int,
    *,
    by: Actor,
    prefix: str = "",
    digits: int = 6,
    school: School | None = None,
) -> TagRange:
    """Reserve numbers for a school or a printer. Refused where they overlap another range, or
    under the name of the district's own."""
    with transaction.atomic():
        if school is None:
            require(by, "assets.reserve_tags")
        else:
            school = School.objects.visible_to(by).get(pk=school.pk)
            require(by, "assets.print_labels", school)
        if last < first or first < 0 or len(str(last)) > digits:
            message = _("Give a first and a larger last number, of at most %(digits)s digits.")
            refuse_if([Problem("range-reversed", message % {"digits": digits}, "last")])
        if name.strip().casefold() == OWN:
            message = _("The numbers that nobody reserves are called so: give it another name.")
            refuse_if([Problem("range-own-name", message, "name")])
        # Two may reserve the same numbers: the second waits for the first, and sees its range.
        District.objects.select_for_update().first()
        clash = TagRange.objects.select_for_update().filter(
            prefix=prefix, digits=digits, next_number__lte=last, last_number__gte=first
        )
        if clash.exists():
            message = _("These numbers are reserved already by %(name)s: choose others.")
            refuse_if([Problem("range-taken", message % {"name": clash[0].name}, "first")])
        row = TagRange.objects.create(
            name=name,
            school=school,
            prefix=prefix,
            digits=digits,
            next_number=first,
            last_number=last,
        )
        record("tags.reserved", row, by=by, created=True, data={"first": first, "last": last})
    return row


def format_tag(prefix: str, number: int, digits: int) -> str:
    """A tag of fixed length with leading zeros."""
    return f"{prefix}{number:0{digits}d}"


def _own() -> tuple[str, int, int]:
    """Prefix and digits that the district's tags have now, and the number after those that
    anybody reserved of them: where its own range begins."""
    district = District.current()
    prefix = district.tag_prefix if district else ""
    digits = district.tag_length if district else 6
    there = TagRange.objects.filter(prefix=prefix, digits=digits)
    return prefix, digits, (there.aggregate(last=Max("last_number"))["last"] or 0) + 1


def default_range(by: Actor) -> TagRange:
    """The district's own range, made when first needed: what nobody reserved before."""
    prefix, digits, first = _own()
    row, created = TagRange.objects.get_or_create(
        name=OWN,
        prefix=prefix,
        digits=digits,
        school=None,
        defaults={"next_number": first, "last_number": 10**digits - 1},
    )
    if created:
        record(
            "tags.reserved",
            row,
            by=by,
            created=True,
            data={"first": first, "last": row.last_number},
        )
    return row


def take_tags(
    count: int, *, by: Actor, range_: TagRange | None = None, but: Iterable[str] = ()
) -> list[str]:
    """The next free tags of a range. Numbers that are taken already are skipped, and those that
    things which come in together with these bear (`but`), with other zeros or signs too."""
    borne = {code_key(tag) for tag in but}
    with transaction.atomic():
        # Two desks may ask for the next tag: the second waits and gets the one after.
        range_ = TagRange.objects.select_for_update().get(pk=(range_ or default_range(by)).pk)
        tags: list[str] = []
        number = range_.next_number
        while len(tags) < count:
            size = min(max(count - len(tags), 50), 2000)
            batch = [
                format_tag(range_.prefix, n, range_.digits)
                for n in range(number, min(number + size, range_.last_number + 1))
            ]
            if not batch:
                message = _(
                    "All tag numbers of the range %(name)s are handed out: give the "
                    "district another prefix or longer tags in its settings."
                )
                refuse_if([Problem("range-used-up", message % {"name": range_.name}, "tag")])
            taken = _taken(batch)
            for tag in batch:
                number += 1
                key = code_key(tag)
                if key not in taken and borne.isdisjoint({key, *written_otherwise(key)}):
                    tags.append(tag)
                    if len(tags) == count:
                        break
        changes = changed(range_, next_number=number)
        save_changes(range_, changes)
        if changes:
            record("tags.taken", range_, by=by, changes=changes, data={"count": len(tags)})
    return tags


def next_tag() -> str:
    """The tag that `take_tags` would hand out next, to offer in a form; not taken yet. Empty where
    the district has none left."""
    prefix, digits, number = _own()
    last = 10**digits - 1
    own = TagRange.objects.filter(name=OWN, prefix=prefix, digits=digits, school=None).first()
    if own is not None:
        number, last = own.next_number, own.last_number
    while number <= last:
        batch = [format_tag(prefix, n, digits) for n in range(number, min(number + 50, last + 1))]
        taken = _taken(batch)
        for tag in batch:
            if code_key(tag) not in taken:
                return tag
        number += len(batch)
    return ""


def _taken(tags: list[str]) -> set[str]:
    keys = [code_key(t) for t in tags]
    return (
        set(alike(keys))
        | set(Asset.objects.filter(tag_key__in=keys).values_list("tag_key", flat=True))
        | set(AssetCode.objects.filter(key__in=keys).values_list("key", flat=True))
    )
