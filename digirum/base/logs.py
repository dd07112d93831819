"""Logs: one JSON object a line, with the request's id, and without anything that tells of a person.

What is written: which route answered, how, how fast; what failed, as the kind of the fault and where in the code. Never
addresses of pages or people, messages of exceptions, or what somebody sent: those may hold names, mail addresses, key
numbers and words.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.typing import EventDict

# What a log line may carry beside its words.
KNOWN = {
    "method",
    "route",
    "status",
    "ms",
    "request_id",
    "task",
    "chore",
    "worker",
    "attempt",
    "seconds",
    "count",
    "reason",
}
# Loggers whose words hold an address of a page: only the part before the colon is kept.
SPEAK_OF_ADDRESSES = ("django.request", "django.security", "django.server", "django.template")
FRAMES = 12
ANSWERS = "digirum.access"
META_ID = "digirum.request_id"  # where a request carries its id
# The id of the request (or task) that this thread works for.
ANSWERED: ContextVar[str] = ContextVar("digirum_request_id", default="")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_encode = json.JSONEncoder(ensure_ascii=False).encode

_HIDDEN = (
    (re.compile(r"https?://\S+"), "[url]"),
    (re.compile(r"[^\s@<>\"'=:,;()]+@[^\s@<>\"',;()]+"), "[mail]"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}\b"), "[address]"),
    (re.compile(r"(?<![\w-])\+?\d(?:[ -]?\d){5,}(?![\w-])"), "[number]"),
)


def hide(text: str) -> str:
    """The text without mail addresses, web addresses, network addresses and long numbers."""
    for pattern, word in _HIDDEN:
        text = pattern.sub(word, text)
    return text


def _whose_request(_logger: object, _method: str, entry: EventDict) -> EventDict:
    if (identifier := ANSWERED.get()) and "request_id" not in entry:
        entry["request_id"] = identifier
    return entry


def _say_only_what_is_known(_logger: object, _method: str, entry: EventDict) -> EventDict:
    record: logging.LogRecord = entry["_record"]
    words = str(entry["event"])
    if record.name.startswith(SPEAK_OF_ADDRESSES):
        words = words.partition(":")[0]
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        entry.setdefault("route", match.view_name if match else "-")
        if identifier := getattr(request, "META", {}).get(META_ID):
            entry.setdefault("request_id", identifier)
    kept: dict[str, Any] = {"event": hide(words)}
    for name in KNOWN & entry.keys():
        value = entry[name]
        kept[name] = hide(value) if isinstance(value, str) and name != "request_id" else value
    if record.exc_info and record.exc_info[0] is not None:
        kept["fault"] = _chain(record.exc_info[1])
        kept["where"] = [
            f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(record.exc_info[2])[-FRAMES:]
        ]
    return {**kept, "_record": record, "_from_structlog": entry.get("_from_structlog", False)}


def _chain(fault: BaseException | None) -> str:
    """The kinds of the fault and of what led to it, without their words."""
    kinds: list[str] = []
    while fault is not None and len(kinds) < 5:
        kinds.append(type(fault).__qualname__)
        fault = fault.__cause__ or fault.__context__
    return " < ".join(kinds)


class Formatter(structlog.stdlib.ProcessorFormatter):
    """Writes every line as the processors say; that of an answer, of which there is one a request, the short way."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        if record.name == ANSWERS and record.exc_info is None:
            return _answer(record)
        return super().format(record)


def _answer(record: logging.LogRecord) -> str:
    """The line of an answer: the same as the processors would write, of fields that our own code has filled."""
    told = record.__dict__
    line = {
        "event": record.getMessage(),
        "method": told["method"] if told["method"] in METHODS else hide(told["method"]),
        "route": told["route"],
        "status": told["status"],
        "ms": told["ms"],
        "request_id": told.get("request_id") or ANSWERED.get(),
        "level": record.levelname.lower(),
        "logger": record.name,
        "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
    }
    return _encode(line)


def formatter() -> Formatter:
    """What ``settings.LOGGING`` writes lines with."""
    return Formatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        foreign_pre_chain=[
            structlog.stdlib.ExtraAdder(allow=KNOWN),
            _whose_request,
            _say_only_what_is_known,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
    )
