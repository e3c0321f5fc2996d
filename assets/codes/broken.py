"""What a spreadsheet or a program made of a code: nothing is found by it, at no door."""

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
#: A spreadsheet writes the sign of the exponent; 5E1234, 7E10 and 1E5 are codes.
SCIENTIFIC = re.compile(r"-?\d(\.\d+)?E[+-]\d+", re.IGNORECASE)
#: What a spreadsheet makes of 1-2, MAR1 and the like.
DATED = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}(T.*)?|\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}", re.ASCII)
#: How it shows a day.
NAMED = re.compile(rf"\d{{1,2}}-{_MONTH}-(?:\d{{2}}|\d{{4}})", re.ASCII)
TIME = re.compile(
    r"(-?\d+ days?, )?\d{1,2}:\d{2}:\d{2}(\.\d+)?(\s*[AP]M)?", re.ASCII | re.IGNORECASE
)
#: What it makes of a number that it takes for a quantity: 900451.0, 900,452.
DECIMAL = re.compile(r"\d+\.0{1,2}", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
AMOUNT = re.compile(
    r"-?\(?-?(US)?\$ ?\d[\d,]*(\.\d*)?\)?|\(\d+(\.\d+)?\)|-\d+\.\d+|\d+(\.\d+)?%|true|false",
    re.ASCII | re.IGNORECASE,
)
#: What a program writes where it failed: a formula, a column too narrow for its number, a script.
ERRORS = re.compile(
    r"(?i:#(N/A|(REF|VALUE|DIV/0|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|BUSY|CONNECT|UNKNOWN|ERROR)!"
    r"|NAME\?)|Err:\d{3}|#{2,}|\[object \w+\])|NaN"
)

_BROKEN = (SCIENTIFIC, DATED, NAMED, TIME, DECIMAL, GROUPED, AMOUNT, ERRORS)


def is_broken(code: str) -> bool:
    """Whether a trimmed code is what a spreadsheet or a program shows in its place. A day with
    slashes is not told from a code: that takes the codes beside it."""
    return any(made.fullmatch(code) for made in _BROKEN)
