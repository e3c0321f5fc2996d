"""Logs: one line for each request with its id, and nothing personal or secret in it."""

import sys
from contextlib import suppress
from typing import Any

import structlog
from django.conf import settings
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest
from django_structlog import signals
from django_structlog.middlewares import RequestMiddleware as StructlogMiddleware

from core.db.unavailable import away, note
from core.ops.log_lines import before, last
from core.web.http import PROBES, address_of

_doors: set[str] = set()


def register_secret_addresses(*doors: str) -> None:
    """Beginnings of addresses, each a word: what follows them opens a door by itself."""
    _doors.update(doors)


def _without_secret(path: str) -> str:
    _root, _slash, rest = path.partition("/")
    door, _slash, secret = rest.partition("/")
    return f"/{door}/..." if door in _doors and secret else path


def configure() -> None:
    """Our own lines, in the form of all lines."""
    structlog.configure(
        processors=[*before(), *last()],
        wrapper_class=structlog.make_filtering_bound_logger(settings.LOG_LEVEL),
        # In one piece: another thread's line must not come between a line and its end.
        logger_factory=lambda *args: structlog.WriteLogger(sys.stderr),
    )


class RequestLog(StructlogMiddleware):
    """A query may hold a name, and the address of a one-time link is its secret: neither is
    kept."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        path = request.get_full_path().partition("?")[0]
        return f"{request.method} {_without_secret(path)}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Where nobody can say who asks, the line goes without: it must not fail, too."""
        if request.path in PROBES or hasattr(request, "outage"):
            return
        with suppress(Error):
            StructlogMiddleware.bind_user_id(request)

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """What is away is no error of ours: it is said in the request's line, without a
        traceback."""
        if found := away(exception):
            note(request, exception, found)
        else:
            super()._process_exception(request, exception)

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=address_of(request))


@receiver(signals.bind_extra_request_finished_metadata)
def _say_outage(request: HttpRequest, log_kwargs: dict[str, Any], **kwargs: Any) -> None:
    log_kwargs |= getattr(request, "outage", {})


@receiver(signals.bind_extra_request_metadata)
def _bind_id(request: HttpRequest, **kwargs: Any) -> None:
    """The id that the answer bears is the one to look for."""
    # From RequestMiddleware.
    structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
