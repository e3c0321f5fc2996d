"""Refused rows that Ana takes as a file, mends and brings back: rows of their own list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assets.models import Asset
from integrations import actions
from integrations.actions import Choice
from integrations.models import ImportSession
from people.models import User
from tests.integrations.conftest import Of, look_at, outcomes, work, worked
from tests.integrations.ways import by_apply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("equipment", "lincoln")]
HEAD = "Description,Category,School,Status,Cost\n"
LAMP = "Desk lamp,Equipment,LIN,Fine,"
ALPHA = f"{HEAD}Chair,Equipment,LIN,Fine,50\n{LAMP}abc\n"
BETA = f"{HEAD}Bookcase,Equipment,LIN,Fine,70\n{LAMP}abc\n"


@pytest.fixture
def page(ana: User, client_of: Of) -> Client:
    return client_of(ana)


def applied(text: str, name: str, by: User, fine: str) -> ImportSession:
    """A list comes in, and what it calls Fine is said for its source."""
    session = look_at(text, by=by, name=name)
    if session.unknown:
        said = [Choice("status", "Fine", "word", word=fine)]
        session = actions.settle_unknown(session, said, by=by)
    return work(actions.apply_import(session, by=by))


def refused(session: ImportSession, page: Client) -> bytes:
    answer = page.get(reverse("import-refused", args=[session.pk]))
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def brought(data: bytes, page: Client, name: str = "refused.csv", **more: str) -> ImportSession:
    """The file as the page asks for it, nothing else said."""
    asked = {"kind": "assets", "file": SimpleUploadedFile(name, data), "source": ""} | more
    page.post(reverse("imports"), asked)
    return worked(ImportSession.objects.order_by("-pk")[0])


def lamps() -> list[tuple[str, str]]:
    found = Asset.objects.active().filter(description="Desk lamp").order_by("pk")
    return [(a.status, str(a.unit.cost if a.unit else None)) for a in found]


def test_refused_rows_come_back_with_what_was_answered_for_their_list(
    ana: User, page: Client
) -> None:
    alpha, beta = (
        applied(ALPHA, "alpha.csv", ana, "surplus"),
        applied(BETA, "beta.csv", ana, "missing"),
    )
    for session in (alpha, beta):
        data = refused(session, page).replace(b"abc", b"12.00")
        again = brought(data, page)
        assert (again.source, outcomes(again)) == (session.source, {"create": 1}), again.unknown
        assert f"(import {session.pk})" in again.notes[0]
        assert set(again.headers) == set(session.headers), "what we wrote beside is no column"
        by_apply(again, page)
        assert outcomes(brought(data, page, "mended (1).csv")) == {"same": 1}
    assert lamps() == [("surplus", "12.00"), ("missing", "12.00")]
    for text, session in ((ALPHA, alpha), (BETA, beta)):
        whole = look_at(text.replace("abc", "12.00"), by=ana, name=session.name)
        assert outcomes(whole) == {"same": 2}, "next month's list has them as they were mended"


def test_a_mended_row_that_is_like_another_of_its_list_is_one_more(ana: User, page: Client) -> None:
    session = applied(f"{ALPHA}{LAMP}12.00\n{LAMP}def\n", "alpha.csv", ana, "surplus")
    assert len(lamps()) == 1
    data = refused(session, page).replace(b"abc", b"12.00")
    second = by_apply(brought(data, page), page)
    assert outcomes(second) == {"create": 1, "refused": 1}
    third = brought(refused(second, page).replace(b"def", b"12.00"), page)
    assert outcomes(third) == {"create": 1}, "refused rows of refused rows, too"
    by_apply(third, page)
    assert len(lamps()) == 3
    whole = f"{ALPHA}{LAMP}12.00\n{LAMP}def\n".replace("abc", "12.00").replace("def", "12.00")
    assert outcomes(look_at(whole, by=ana, name="alpha.csv")) == {"same": 4}


def test_columns_and_answers_and_the_school_are_the_lists(ana: User, page: Client) -> None:
    text = "What,Worth,Day\n=Lamp,-,3/8/2025\nDesk,x,13/8/2025\n".replace("-", "$ -")
    session = look_at(text, by=ana, name="odd.csv")
    columns = {"What": "description", "Worth": "cost", "Day": "acquired_on"}
    said = {"order": "day", "dash": "zero"}
    session = actions.remap(session, columns, by=ana, options=said)
    session = work(actions.apply_import(session, by=ana))
    assert outcomes(session) == {"create": 1, "refused": 1}
    again = brought(refused(session, page).replace(b",x,", b",$ -,"), page)
    assert (again.mapping, outcomes(again)) == (columns, {"create": 1})
    assert again.said.school == "LIN"


def test_whoever_says_another_source_or_kind_brings_another_list(
    ana: User, tom: User, page: Client, client_of: Of
) -> None:
    session = applied(ALPHA, "alpha.csv", ana, "surplus")
    data = refused(session, page)
    assert brought(data, page, source="mine").source == "mine"
    assert brought(data, page, kind="places").source == "refused"
    assert brought(data, client_of(tom)).source == "refused", "nobody's list but one's own"
    forged = data.replace(f"[{session.pk}-".encode(), f"[{session.pk}0-".encode())
    assert brought(forged, page).source == "refused"


def test_the_file_of_each_list_has_a_name_of_its_own(ana: User, page: Client) -> None:
    session = applied(ALPHA, "alpha.csv", ana, "surplus")
    answer = page.get(reverse("import-refused", args=[session.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="refused-{session.pk}.csv"'
