"""A new room gets the shared vocabulary; an old one keeps what its editors have made of it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from digirum.topics.models import Competence, HelpTopic

pytestmark = pytest.mark.django_db


def test_an_empty_room_is_filled_once() -> None:
    call_command("load_vocabulary")
    assert (Competence.objects.count(), HelpTopic.objects.count()) == (21, 25)
    HelpTopic.objects.get(slug="wifi").delete()
    call_command("load_vocabulary")
    assert not HelpTopic.objects.filter(slug="wifi").exists()


def test_what_is_missing_is_added_when_told_so() -> None:
    call_command("load_vocabulary")
    HelpTopic.objects.get(slug="wifi").delete()
    call_command("load_vocabulary", "--again")
    assert HelpTopic.objects.filter(slug="wifi").exists()
