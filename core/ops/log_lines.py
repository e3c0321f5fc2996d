"""The form of every log line, ours and the libraries': JSON, or for a person on a terminal.

Read by the settings, before any model: nothing of the application is imported here."""

import logging
import sys
from typing import Any

import structlog


def before() -> list[Any]:
    """What each line gets first: the ids of its request and run, its level, its instant."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def last() -> list[Any]:
    """How it is written. A traceback names places, never values: those may be pass phrases and
    names."""
    if sys.stderr.isatty():
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def formatter() -> logging.Formatter:
    """For the lines of the standard library's loggers."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last()],
    )


def logging_settings(level: str) -> dict[str, Any]:
    """For the setting LOGGING: every line in our form, from this level up."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "core.ops.log_lines.formatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "pikepdf": {"level": "WARNING"},
            # What core.ops.logs says in one line with the request's id.
            "django.request": {"level": "CRITICAL"},
        },
    }
