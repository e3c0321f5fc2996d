"""Why the tags of the district cannot begin so: each number after it would be no tag."""

from collections.abc import Callable, Iterable, Iterator

from core.problems import Problem

#: Why no thing may bear the first tag of a prefix and so many digits.
Why = Callable[[str, int], Iterable[Problem]]

_whys: list[Why] = []


def register_numbering(why: Why) -> None:
    """Add what an app above knows of tags."""
    if why not in _whys:
        _whys.append(why)


def prefix_problems(prefix: str, digits: int) -> Iterator[Problem]:
    """Why the numbers of the district are no tags."""
    for why in _whys:
        yield from why(prefix, digits)
