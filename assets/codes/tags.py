"""Tag ranges: numbers reserved in advance, handed out once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from assets.codes.meanings import alike
from assets.codes.ranges import Codes, free_numbers, reserved
from assets.codes.shape import tag_problems
from assets.models import Asset, AssetCode, TagRange
from assets.models.keys import code_key
from core.access import Actor, require
from core.journal.writing import changed, record, save_changes
from core.models import District
from core.problems import Problem, refuse_if
from core.text.alike import written_otherwise
from core.text.lookalikes import plain_code
from people.models import School


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
    """Reserve numbers for a school or a printer. Refused where they overlap another range, with
    other zeros or signs too, where no thing may bear them, or under the name of the district's
    own."""
    prefix = plain_code(prefix)  # as the tags of things are kept
    with transaction.atomic():
        if school is None:
            require(by, "assets.reserve_tags")
        else:
            school = School.objects.visible_to(by).get(pk=school.pk)
            require(by, "assets.print_labels", school)
        if last < first or first < 0 or len(str(last)) > digits:
            message = _("Give a first and a larger last number, of at most %(digits)s digits.")
            refuse_if([Problem("range-reversed", message % {"digits": digits}, "last")])
        if name.strip().casefold() == TagRange.OWN:
            message = _("The numbers that nobody reserves are called so: give it another name.")
            refuse_if([Problem("range-own-name", message, "name")])
        refuse_if(_no_tag(prefix, first, digits, "prefix"))
        # Two may reserve the same numbers: the second waits for the first, and sees its range.
        District.objects.select_for_update().first()
        asked = Codes.of(prefix, digits, first, last)
        if clash := next((other for other, codes in reserved() if codes.meets(asked)), None):
            message = _("These numbers are reserved already by %(name)s: choose others.")
            refuse_if([Problem("range-taken", message % {"name": clash.name}, "first")])
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


def _no_tag(prefix: str, number: int, digits: int, field: str) -> Iterator[Problem]:
    """Why a number is no tag, said of the `field` of its prefix."""
    for problem in tag_problems(format_tag(prefix, number, digits)):
        yield replace(problem, field=field)


def prefix_problems(prefix: str, digits: int) -> Iterator[Problem]:
    """Why the district cannot hand out tags that begin so."""
    return _no_tag(prefix, 1, digits, "tag_prefix")


def _own() -> TagRange:
    """The district's own range of the tags that it has now; one that is not there yet is not
    saved."""
    district = District.current()
    prefix = district.tag_prefix if district else ""
    digits = district.tag_length if district else 6
    named = {"name": TagRange.OWN, "prefix": prefix, "digits": digits}
    there = TagRange.objects.filter(**named, school=None).order_by("pk").first()
    return there or TagRange(**named, next_number=1, last_number=10**digits - 1)


def default_range(by: Actor) -> TagRange:
    """The district's own range, made when first needed: what nobody reserves."""
    if (row := _own()).pk is not None:
        return row
    with transaction.atomic():
        # Two may need the first tag: the second waits, and finds the range of the first.
        District.objects.select_for_update().first()
        if (row := _own()).pk is None:
            row.save(force_insert=True)
            data = {"first": row.next_number, "last": row.last_number}
            record("tags.reserved", row, by=by, created=True, data=data)
    return row


def take_tags(
    count: int, *, by: Actor, range_: TagRange | None = None, but: Iterable[str] = ()
) -> list[str]:
    """The next free tags of a range. Numbers that are taken already are skipped, and those that
    things which come in together with these bear (`but`), with other zeros or signs too."""
    borne = frozenset(code_key(tag) for tag in but)
    with transaction.atomic():
        # Two desks may ask for the next tag: the second waits and gets the one after.
        range_ = TagRange.objects.select_for_update().get(pk=(range_ or default_range(by)).pk)
        found = list(islice(_free(range_, max(count, 50), borne), count))
        if len(found) < count:
            message = _(
                "All tag numbers of the range %(name)s are handed out: give the "
                "district another prefix or longer tags in its settings."
            )
            refuse_if([Problem("range-used-up", message % {"name": range_.name}, "tag")])
        if not found:
            return []
        changes = changed(range_, next_number=found[-1][0] + 1)
        save_changes(range_, changes)
        record("tags.taken", range_, by=by, changes=changes, data={"count": count})
    return [tag for _number, tag in found]


def next_tag() -> str:
    """The tag that `take_tags` would hand out next, to offer in a form; not taken yet. Empty where
    the district has none left."""
    return next((tag for _number, tag in _free(_own(), 50)), "")


def _free(
    range_: TagRange, at_once: int, borne: frozenset[str] = frozenset()
) -> Iterator[tuple[int, str]]:
    """What a range can give, each number with its tag: nothing that another range reserves, or
    that is the code of a thing or one of these (keys `borne`), with other zeros or signs too."""
    numbers = free_numbers(range_)
    size = min(at_once, 2000)
    while batch := [
        (n, format_tag(range_.prefix, n, range_.digits)) for n in islice(numbers, size)
    ]:
        taken = _taken([tag for _number, tag in batch])
        for number, tag in batch:
            key = code_key(tag)
            if key not in taken and borne.isdisjoint({key, *written_otherwise(key)}):
                yield number, tag
        size = min(size * 2, 2000)


def _taken(tags: list[str]) -> set[str]:
    keys = [code_key(t) for t in tags]
    return (
        set(alike(keys))
        | set(Asset.objects.filter(tag_key__in=keys).values_list("tag_key", flat=True))
        | set(AssetCode.objects.filter(key__in=keys).values_list("key", flat=True))
    )
