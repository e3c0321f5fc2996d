"""The district's own words in what it brings: our exports say them in their headings and cells."""

from collections.abc import Callable

from core.models import District
from core.web.words import said_in


def in_own_words() -> Callable[[str], str]:
    """What puts a heading or a word of ours as the district's pages and exports say it."""
    district = District.current()
    return said_in(district.words if district is not None else {})
