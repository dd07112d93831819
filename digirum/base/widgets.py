"""Form controls that the kit dresses: days, times, codes and words, with what phones need to show the right keyboard."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar. Values travel as ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own clock, 24 hours on the wire."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """Day and time in one control, for staff."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class CodeInput(forms.TextInput):
    """A short code from a slip or a letter, in large type."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, digits: bool = True) -> None:
        keyboard = {"inputmode": "numeric"} if digits else {"autocapitalize": "characters"}
        super().__init__(
            {"data-kind": "code", "autocomplete": "one-time-code", "spellcheck": "false", **keyboard, **(attrs or {})}
        )


class WordsInput(forms.TextInput):
    """The words of a key: never corrected, capitalised or remembered by the browser."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "data-kind": "words",
                "autocomplete": "off",
                "autocapitalize": "none",
                "autocorrect": "off",
                "spellcheck": "false",
                **(attrs or {}),
            }
        )
