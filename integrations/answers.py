"""What a file may mean beyond its cells, and what a person can answer: asked once for the file, and
remembered for the next of its source."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.kinds.assets.reading.quantity import HOWS
from integrations.options import Options

#: Option -> the question, and each answer.
ANSWERS: dict[str, tuple[Any, Mapping[str, Any]]] = {
    "quantity": (gettext_lazy("Rows of several items are"), HOWS),
    "dash": (
        gettext_lazy("A dash ($ -) is"),
        {"zero": gettext_lazy("zero"), "unknown": gettext_lazy("unknown")},
    ),
    "order": (
        gettext_lazy("Dates like 3/8/2025 have"),
        {"month": gettext_lazy("the month first"), "day": gettext_lazy("the day first")},
    ),
    "sheet": (
        gettext_lazy("Dates that a spreadsheet knows as dates"),
        {
            "kept": gettext_lazy("are right as they stand"),
            "turned": gettext_lazy("have day and month exchanged"),
        },
    ),
}


def given(options: Mapping[str, Any]) -> dict[str, str]:
    """The answers among options; empty for one that is to be asked again."""
    return {name: str(options[name] or "") for name in ANSWERS if name in options}


def recalled(said: Options) -> Iterator[str]:
    """What is to be said of answers that were given for an earlier file."""
    told = []
    for name, (question, choices) in ANSWERS.items():
        choice = choices.get(getattr(said, name))
        if name in said.recalled and choice is not None:
            told.append(f"{question} {choice}")
    if told:
        message = _("Remembered for this source: %s. Change or forget it at the columns.")
        yield message % "; ".join(told)
