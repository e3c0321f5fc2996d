"""`__among` finds what `__in` finds."""

import pytest
from django.db.models.functions import Lower

from assets.models import Asset
from people.models import School
from tests.factories import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes() -> list[str]:
    return [made(School.objects.create(code=f"S{n}", name=f"School {n}")).code for n in range(3)]


def test_the_rows_of_some_keys(codes: list[str]) -> None:
    for wanted in (set(codes[:2]), {*codes[1:], "nobody's"}, {"it's", 'a "{b}", c\\'}, set()):
        among = School.objects.filter(code__among=wanted)
        assert set(among) == set(School.objects.filter(code__in=wanted))
        left = School.objects.exclude(code__among=wanted)
        assert set(left) == set(School.objects.exclude(code__in=wanted))


def test_it_asks_numbers_other_rows_and_what_is_made_of_a_column(codes: list[str]) -> None:
    schools = {s.code: s for s in School.objects.filter(code__in=codes)}
    pks = [schools[code].pk for code in codes[:2]]
    assert {s.pk for s in School.objects.filter(pk__among=pks)} == set(pks)
    lower = School.objects.annotate(key=Lower("code"))
    assert lower.get(key__among={codes[0].lower()}) == schools[codes[0]]
    assert not Asset.objects.filter(school__among=pks, unit__among=[1]).exists()
