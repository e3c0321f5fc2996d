"""What the names in asset rows mean, looked up once a batch."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from assets.models import Asset, AssetCode, Category
from assets.models.asset import code_key
from core.access import Actor
from funding.models import Award
from integrations.kinds.base import Planned, Unknown
from integrations.models import ImportSession
from people.models import Person, Room, School


class AssetLookup:
    """Schools, rooms, people, awards, categories and assets that a batch of rows names."""

    def __init__(self, session: ImportSession, plans: Sequence[Planned], by: Actor, unknown: Unknown) -> None:  # fmt: skip
        self.unknown = unknown
        self.default_school = str(session.options.get("school", "")).lower()
        self.default_category = str(session.options.get("category", "") or "Other")
        self.schools: dict[str, School] = {}
        for school in School.objects.visible_to(by):
            self.schools |= {school.code.lower(): school, school.name.lower(): school}
        self.rooms = {
            (r.school_id, r.building.lower(), r.code.lower()): r
            for r in Room.objects.visible_to(by).filter(merged_into=None)
        }
        self.categories = {c.name.lower(): c for c in Category.objects.all()}
        self.awards: dict[str, Award] = {}
        for award in Award.objects.visible_to(by):
            for text in (award.name, award.fain, award.frn):
                if text:
                    self.awards[text.lower()] = award
        ids = {p.values["holder"].lower() for p in plans if p.values.get("holder")}
        found = Person.objects.visible_to(by).filter(merged_into=None)
        self.people = {}
        if ids:
            match = Q()
            for one in ids:
                match |= Q(local_id__iexact=one)
            self.people = {p.local_id.lower(): p for p in found.filter(match)}
        self._assets(plans, by)

    def _assets(self, plans: Sequence[Planned], by: Actor) -> None:
        visible = Asset.objects.visible_to(by).filter(merged_into=None).select_related("product")
        tags = [code_key(p.values["tag"]) for p in plans if p.values.get("tag")]
        serials = [code_key(p.values["serial"]) for p in plans if p.values.get("serial")]
        self.by_tag = {a.tag_key: a for a in visible.filter(tag_key__in=tags)}
        old = AssetCode.objects.filter(key__in=tags).select_related("asset__product")
        self.by_tag |= {c.key: c.asset for c in old}
        self.all_tags = set(
            Asset.objects.filter(tag_key__in=tags).values_list("tag_key", flat=True)
        )
        self.by_serial = {
            (a.product.make.lower(), a.product.model.lower(), a.serial_key): a
            for a in visible.filter(serial_key__in=serials).exclude(status="void")
        }

    def resolve(self, plan: Planned) -> None:
        """Names to ids; what is unknown is noted once and refuses the row."""
        v = plan.values
        name = v.get("school") or self.default_school
        school = self.schools.get(str(name).lower())
        if school is None:
            self._missing(plan, "school", str(name) or "–", _("There is no school called %s."))
            return
        v["school_id"] = school.pk
        if v.get("room"):
            key = (school.pk, v.get("building", "").lower(), v["room"].lower())
            room = self.rooms.get(key) or self._only_room(school.pk, v)
            if room is None:
                label = "/".join(x for x in (school.code, v.get("building", ""), v["room"]) if x)
                self._missing(plan, "room", label, _("There is no room %s."))
            else:
                v["room_id"] = room.pk
        if v.get("holder"):
            person = self.people.get(v["holder"].lower())
            if person is None:
                plan.refuse("holder", _("Nobody has the id %s.") % v["holder"])
            else:
                v["holder_id"] = person.pk
        category = self.categories.get((v.get("category") or self.default_category).lower())
        if category is None:
            self._missing(plan, "category", v.get("category") or self.default_category, _("There is no category %s."))  # fmt: skip
        else:
            v["category_id"] = category.pk
        for n in "123":
            if text := v.get(f"award_{n}"):
                award = self.awards.get(text.lower())
                if award is None:
                    self._missing(plan, "award", text, _("There is no award with this FAIN, FRN or name: %s."))  # fmt: skip
                v[f"award_{n}_row"] = award

    def _only_room(self, school_id: int, values: dict[str, Any]) -> Room | None:
        if values.get("building"):
            return None
        same = [
            r
            for (s, _b, c), r in self.rooms.items()
            if s == school_id and c == values["room"].lower()
        ]
        return same[0] if len(same) == 1 else None

    def _missing(self, plan: Planned, kind: str, name: str, sentence: str) -> None:
        self.unknown.note(kind, name)
        plan.refuse(kind if kind != "award" else "award_1", sentence % name)

    def find(self, plan: Planned) -> Asset | None:
        """The asset this row means; a tag that is somebody else's refuses the row."""
        v = plan.values
        tag = code_key(v.get("tag", ""))
        if tag and tag in self.by_tag:
            return self.by_tag[tag]
        if tag and tag in self.all_tags:
            plan.refuse("tag", _("This tag is taken."))
            return None
        if v.get("serial"):
            key = (v.get("make", "").lower(), v.get("model", "").lower(), code_key(v["serial"]))
            found = self.by_serial.get(key)
            if found and tag and found.tag_key != tag:
                plan.refuse("serial", _("This serial is %s already.") % found.tag)
            return found
        if v.get("source_key"):
            return Asset.objects.filter(source_key=v["source_key"]).exclude(status="void").first()
        return None
