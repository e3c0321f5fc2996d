"""The shapes of schools, rooms and people in the API."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import FlagField, IdField, LineField, MailField
from core.api.shapes import Noun, Shape
from core.forgetting import BLANK, REMOVE
from people.api.keys import OfPeople
from people.models import Person, Room, School
from people.naming import names_people


class SchoolSerializer(Noun[School]):
    id = serializers.IntegerField(read_only=True)
    code = LineField(max_length=32)
    name = LineField(max_length=200)
    entity_number = LineField(max_length=16, required=False, allow_blank=True)
    nces_id = LineField(max_length=16, required=False, allow_blank=True)
    address = LineField(max_length=300, required=False, allow_blank=True)
    active = FlagField(required=False)
    version = serializers.IntegerField(read_only=True)


class RoomChange(Noun[Room]):
    building = LineField(max_length=64, required=False, allow_blank=True)
    code = LineField(max_length=64)
    name = LineField(max_length=200, required=False, allow_blank=True)
    custodian = IdField(source="custodian_id", required=False, allow_null=True)
    active = FlagField(required=False)


class RoomSerializer(RoomChange, OfPeople[Room]):
    """A room; its custodian for those who see its school's people, and may open that one."""

    keys_of_people: ClassVar = {"custodian": "custodian_id"}

    id = serializers.IntegerField(read_only=True)
    school = IdField(source="school_id")
    version = serializers.IntegerField(read_only=True)


class RoomMade(RoomSerializer):
    """A room as it was entered, and what somebody should know about its code."""

    notices = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="sentences: its code is also somebody's id, so that a scan of it asks",
    )


class PersonSerializer(OfPeople[Person]):
    """Names only for those who may see people; a pseudonym for everybody else."""

    keys_of_people: ClassVar = {"merged_into": "merged_into_id"}
    shows_people = False  # of these rows, whose own key is told

    id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=Person.Kind.choices)
    local_id = LineField(max_length=64)
    first_name = LineField(max_length=100, required=False, allow_blank=True)
    last_name = LineField(max_length=100, required=False, allow_blank=True)
    email = MailField(max_length=254, required=False, allow_blank=True)
    title = LineField(max_length=100, required=False, allow_blank=True)
    grade = LineField(max_length=16, required=False, allow_blank=True)
    school = IdField(source="school_id")
    active = FlagField(required=False)
    another = FlagField(
        required=False,
        write_only=True,
        help_text=(
            "it is not the person whose id differs by leading zeros alone, or who has that e-mail"
        ),
    )
    merged_into = serializers.IntegerField(source="merged_into_id", read_only=True, allow_null=True)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Person) -> dict[str, Any]:
        data = super().to_representation(instance)
        if not names_people(self.context["request"].user, instance):
            hidden = dict.fromkeys(("first_name", "local_id", "email", "title"), "")
            hidden["last_name"] = instance.pseudonym
            data |= {k: v for k, v in hidden.items() if k in data}
        return data


class WrittenPlace(serializers.Serializer[Any]):
    """Where somebody typed: a column of a row."""

    table = serializers.CharField()
    id = serializers.IntegerField()
    column = serializers.CharField()


class PersonErased(PersonSerializer):
    """What is left of somebody, and where notes and files named them."""

    written = WrittenPlace(many=True, read_only=True, help_text="to be cleaned: see `written`")


class WrittenSerializer(WrittenPlace):
    """A note, a reason or a file that names (or named) somebody, as it is now."""

    what = serializers.CharField()
    where = serializers.CharField(help_text="the item it is of, as it is called for you")
    url = serializers.CharField(help_text="its page; blank where it has none")
    text = serializers.CharField()
    seen = serializers.CharField(help_text="stands for the text; send it back to clean it")
    acts = serializers.ListField(child=serializers.CharField())
    why_not = serializers.CharField(help_text="why nothing can be done with it")


class WrittenList(serializers.Serializer[Any]):
    """What is left to be cleaned; `more` have the last name only and are not listed."""

    written = WrittenSerializer(many=True)
    more = serializers.IntegerField()


class CleanInput(Shape[Any]):
    """What to clean, how, and the `seen` of what was read."""

    table = LineField(max_length=64)
    id = IdField()
    column = LineField(max_length=64)
    act = serializers.ChoiceField(choices=[BLANK, REMOVE])
    seen = LineField(max_length=16)


class Cleaned(serializers.Serializer[Any]):
    """Whether the bytes of a file are gone: not where another record has the same file."""

    gone = serializers.BooleanField()


class PersonMade(PersonSerializer):
    """A person as they were entered, and what somebody should know about their id."""

    notices = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="sentences: the id is also a tag or a room's code, so that a scan of it asks",
    )


class RosterRow(PersonSerializer):
    """Somebody by their local id."""

    same = FlagField(
        required=False,
        write_only=True,
        help_text="the id is still the same person's, though the name or the role is another",
    )


class RosterInput(Shape[Any]):
    people = serializers.ListField(child=RosterRow(), min_length=1, max_length=1000)


class RosterResult(Shape[Any]):
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    notices = serializers.ListField(child=serializers.CharField())
