"""What has no list in the back office has none on purpose (docs/decisions/0005-back-office.md)."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from wagtail.admin.viewsets import viewsets

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0005-back-office.md"
# Each noun without a list, and the words of the decision that say why.
LEFT_OUT = {
    "people.Key": "*keys*",
    "people.KeyRetirement": "*keys*",
    "people.Session": "*sign-ins and sessions*",
    "people.SharedComputer": "*shared computers*",
    "people.GuessCounter": "*guess counters and one-time codes*",
    "people.GuessWave": "*guess counters and one-time codes*",
    "people.OneTimeCode": "*guess counters and one-time codes*",
    "people.Subject": "*who a subject id is*",
    "people.ErasureRecord": "*who a subject id is*",
    "notices.Notice": "*the texts of notices*",
    "journal.JournalEntry": "*the journal*",
    "base.Generation": "*the house's own counters*",
    "base.SearchDoc": "*the house's own counters*",
    "base.SearchWord": "*the house's own counters*",
    "base.TaskKey": "*the house's own counters*",
}
# Written on the form of the noun that they belong to.
ON_ANOTHER_FORM = {"base.PictureRendition", "events.EventLanguage", "events.EventAccess"}


def test_every_noun_has_a_list_or_a_reason_to_have_none() -> None:
    listed = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    ours = [model for model in apps.get_models() if model.__module__.startswith("digirum.")]
    rooms = {model._meta.label for model in ours if model not in listed and ".tests." not in model.__module__}
    assert rooms == LEFT_OUT.keys() | ON_ANOTHER_FORM


def test_the_decision_tells_the_reasons() -> None:
    told = DECISION.read_text(encoding="utf-8")
    assert [words for words in sorted(set(LEFT_OUT.values())) if words not in told] == []
