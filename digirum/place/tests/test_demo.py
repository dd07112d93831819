"""The demo room's centres: there once however often they are loaded, complete, and alive whatever the year."""

from datetime import UTC, date, datetime

import pytest

from digirum.journal.models import JournalEntry
from digirum.place import demo
from digirum.place.hours import state_at
from digirum.place.models import Centre, CentreHelp
from digirum.place.queries import schedules_of
from digirum.topics import demo as topics_demo

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_second_loading_changes_nothing() -> None:
    topics_demo.load(NOW)
    centres = demo.load(NOW)
    assert set(centres) == {"main", "branch-1", "branch-2"}
    lines = JournalEntry.objects.count()
    topics_demo.load(NOW)
    assert demo.load(NOW) == centres
    assert JournalEntry.objects.count() == lines


def test_every_centre_has_texts_in_every_language_hours_and_a_stance_on_every_topic() -> None:
    topics_demo.load(NOW)
    demo.load(NOW)
    for centre in Centre.objects.all():
        for field in ("summary", "how_to_find", "what_is_there"):
            for language in ("sv", "sv_simple", "en", "ar"):
                assert getattr(centre, f"{field}_{language}"), f"{centre.slug} lacks {field} in {language}"
        assert centre.weekly_hours.filter(period=None).exists()
        assert centre.help_given.count() == 25
    assert not CentreHelp.objects.filter(stance="no-help", who_does_ar="").exists()


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_the_next_summer_and_christmas_are_always_there(year: int) -> None:
    topics_demo.load(NOW)
    demo.load(NOW)
    centres = demo.load(NOW.replace(year=year, month=8, day=30))
    main = schedules_of([centres["main"]])[centres["main"].pk]
    assert not main.openings(date(year, 12, 24))
    assert main.period_of(date(year + 1, 7, 1))
    assert state_at(main, datetime(year, 12, 28, 12, tzinfo=UTC)).moment
