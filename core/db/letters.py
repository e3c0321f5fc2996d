"""Letters that a column holds, whoever typed them with or without capitals."""

import re

from django.db import connection
from django.db.models import Q


def holds(name: str, text: str) -> Q:
    """Whether a column holds these letters. What SQLite compares without regard to capitals is
    ASCII alone; its regular expressions are Python's."""
    if text.isascii() or connection.vendor != "sqlite":
        return Q(**{f"{name}__icontains": text})
    return Q(**{f"{name}__iregex": re.escape(text)})
