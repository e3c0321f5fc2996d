"""The e-mail of a roster is checked as the page of a person checks it."""

import pytest

from people.models import Person
from tests.integrations.conftest import Brings, outcomes, why

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lincoln")]


def test_what_is_no_e_mail_is_refused_and_what_is_one_comes_in(brings: Brings) -> None:
    session = brings(
        "ID,First Name,Last Name,Email\n"
        "MX1,Ann,Zed,not an email\n"
        "MX2,Bo,Zed,a@b.example; c@d.example\n"
        "MX3,Cy,Zed,mailto:cy@demo.example\n"
        "MX4,Di,Zed,Di Kid <di@demo.example>\n"
        "MX5,Ed,Zed,Ed.Zed+x@demo.example\n"
        "MX6,Flo,Zed,N/A\n"
        "MX7,Gil,Zed,\n",
        kind="people",
    )
    assert outcomes(session) == {"refused": 4, "create": 3}
    assert why(session).count("Enter a valid email address.") == 4
    assert dict(Person.objects.values_list("local_id", "email")) == {
        "MX5": "Ed.Zed+x@demo.example",
        "MX6": "",
        "MX7": "",
    }


def test_our_export_comes_back_where_students_are_called_otherwise(brings: Brings) -> None:
    session = brings(
        "Local id,First name,Last name,Learner or staff,School\n"
        "E1,Ann,Teach,Staff,LIN\nE2,Bo,Kid,Learner,LIN\n",
        kind="people",
    )
    assert outcomes(session) == {"create": 2}
    assert dict(Person.objects.values_list("local_id", "kind")) == {"E1": "staff", "E2": "student"}
