"""The list of problem codes is read from the code, and each that a test provokes is noted."""

from core.problems import Problem
from tests import codes


def test_codes_are_read_from_problems_and_constraints() -> None:
    source = """
yield Problem("tag-taken", _("Taken."))
return problems.Problem("a" if early else "b", _("When."), "at")
models.UniqueConstraint(Lower("name"), name="x", violation_error_code="name-taken")
refuse(code, "no-problem")
"""
    assert sorted(codes.codes(source)) == ["a", "b", "name-taken", "tag-taken"]
    assert "not-permitted" in codes.all_codes()


def test_a_problem_that_comes_into_being_is_noted() -> None:
    codes.met.discard("only-here")
    Problem("only-here", "x")
    assert "only-here" in codes.met
    codes.met.discard("only-here")


def test_only_what_no_test_can_provoke_is_excused() -> None:
    assert set(codes.BEYOND) <= set(codes.all_codes())
