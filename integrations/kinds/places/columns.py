"""Which columns of a list name the school: a list of rooms has codes and names of those, too."""

from collections.abc import Iterable

from integrations.headings import squashed

#: What says of a school what Code and Name leave open.
_PLAINER = {"code": ("schoolcode", "sitecode"), "name": ("schoolname", "sitename")}


def of_schools(mapping: dict[str, str], headers: Iterable[str]) -> dict[str, str]:
    """A mapping in which Code and Name are a school's only where no column says so more plainly:
    beside one, in a list of rooms, they may be a room's, and are said at the columns."""
    left = {squashed(h): h for h in headers if h not in mapping}
    for field, headings in _PLAINER.items():
        vague = next((h for h, f in mapping.items() if f == field and squashed(h) == field), None)
        plainer = next((left[heading] for heading in headings if heading in left), None)
        if vague is not None and plainer is not None:
            mapping = {plainer if h == vague else h: f for h, f in mapping.items()}
            left[squashed(vague)] = vague
    of_rooms = "room" in mapping.values() or "code" in left
    plain = any(f == "school" or (f == "code" and squashed(h) != f) for h, f in mapping.items())
    if of_rooms and plain:
        mapping = {h: f for h, f in mapping.items() if f != "name" or squashed(h) != "name"}
    if "name" not in mapping.values():  # then it is what the school is called
        mapping = {h: "name" if f == "school" else f for h, f in mapping.items()}
    return mapping
