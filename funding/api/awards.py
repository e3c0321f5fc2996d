"""Programs, awards, and the dated parameters that rules read."""

from django.db.models import QuerySet

from core.access import MaybeActor
from core.api.filters import Filters, QueryFilter
from core.api.parameters import BOOLEAN, ID, TEXT
from core.api.resource import Resource, Write
from funding import actions
from funding.api import shapes
from funding.models import Award, CapitalizationLevel, Parameter, Program


class ProgramFilters(Filters):
    code = QueryFilter(TEXT, "code", "iexact")


def _programs(by: MaybeActor) -> QuerySet[Program]:
    return Program.objects.all()


PROGRAMS = Resource(
    name="Program",
    plural="Programs",
    about="The programs of money.",
    about_one="One program.",
    shape=shapes.ProgramSerializer,
    rows=_programs,
    view="funding.view_award",
    scoped=False,
    filters=ProgramFilters,
)


class AwardFilters(Filters):
    program = QueryFilter(ID, "program")
    fain = QueryFilter(TEXT, "fain", "iexact")
    frn = QueryFilter(TEXT, "frn", "iexact")
    name = QueryFilter(TEXT, "name", "iexact")
    active = QueryFilter(BOOLEAN, "active")


AWARDS = Resource(
    name="Award",
    plural="Awards",
    about="The awards that one sees.",
    about_one="One award.",
    shape=shapes.AwardSerializer,
    rows=lambda by: Award.objects.visible_to(by).select_related("program"),
    view="funding.view_award",
    filters=AwardFilters,
    create=Write(actions.create_award, "funding.change_award"),
    change=Write(actions.change_award, "funding.change_award"),
    doors={"program_id": _programs},
)


class ParameterFilters(Filters):
    key = QueryFilter(TEXT, "key")
    scope = QueryFilter(TEXT, "scope")


PARAMETERS = Resource(
    name="Parameter",
    plural="Parameters",
    about="Thresholds and deadlines, each with the days between which it holds.",
    shape=shapes.ParameterSerializer,
    rows=Parameter.objects.seen_by,
    view="funding.view_award",
    filters=ParameterFilters,
)


class LevelFilters(Filters):
    asset_class = QueryFilter(TEXT, "asset_class")


LEVELS = Resource(
    name="Level",
    plural="Levels",
    address="capitalization-levels",
    about="From which unit cost the district capitalizes.",
    shape=shapes.LevelSerializer,
    rows=lambda by: CapitalizationLevel.objects.all(),
    view="funding.view_award",
    filters=LevelFilters,
)
