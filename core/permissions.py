"""Which permissions there are. The app of roles says it; who names one says it here.

A permission that no role knows would be an error on the first page that asks for it, or would hide
everything from everybody. A misspelled one stops the program's start.
"""

from django.apps import apps

_known: set[str] = set()
#: What was named before the app of roles opened, and where.
_early: list[tuple[str, str]] = []


def register_permissions(known: frozenset[str]) -> None:
    """Add the permissions that roles give. Raises LookupError for one that was named before, or
    with which a model is seen, and is none of them."""
    _known.update(known)
    for model in apps.get_models():
        if seen_with := getattr(model, "seen_with", ""):
            known_permission(seen_with, f"{model.__name__}.seen_with")
    while _early:
        known_permission(*_early.pop())


def known_permission(permission: str, where: str) -> str:
    """The permission, which is named there. Raises LookupError where no role knows it."""
    if not _known:
        _early.append((permission, where))
    elif permission not in _known:
        raise LookupError(f"{where}: no role knows the permission {permission!r} (people/roles.py)")
    return permission
