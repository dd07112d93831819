"""The demo room: filled by the room's own acts, the same however often, and a way in for each role."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from digirum.base import clock
from digirum.base.refusal import Refused
from digirum.events.models import Event, Kind, Occurrence, Registration, State
from digirum.front import demo
from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Role, RoleGrant
from digirum.place.models import Centre
from digirum.topics.models import HelpTopic


class TheDemoRoom(TestCase):
    """Filled once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        demo.load(clock.now())

    def test_filling_it_again_changes_nothing(self) -> None:
        lines = JournalEntry.objects.count()
        assert demo.load(clock.now()) == 0
        assert JournalEntry.objects.count() == lines

    def test_on_a_later_day_the_programme_is_carried_on_in_the_same_rhythm(self) -> None:
        times = Occurrence.objects.filter(event__slug="unga-hjalper").order_by("starts_at")
        before = set(times.values_list("starts_at", flat=True))
        assert demo.load(clock.now() + timedelta(weeks=3)) > 0
        days = [clock.local_day(moment) for moment in times.values_list("starts_at", flat=True)]
        assert before < set(times.values_list("starts_at", flat=True))
        assert {later - earlier for earlier, later in itertools.pairwise(days)} == {timedelta(weeks=2)}
        assert Occurrence.objects.filter(event__slug="e-tjanstmassa").count() <= 2

    def test_it_has_the_centres_the_topics_the_offers_and_the_opening(self) -> None:
        assert Centre.objects.count() == 3
        assert HelpTopic.objects.count() == 25
        assert set(Event.objects.values_list("kind", flat=True)) == set(Kind.values)
        opening = Occurrence.objects.get(event__slug="invigning")
        assert clock.local(opening.starts_at).strftime("%Y-%m-%d %H:%M") == "2018-02-13 13:00"

    def test_every_text_is_there_in_swedish_and_english(self) -> None:
        for event in Event.objects.all():
            for text in ("name_sv", "summary_sv", "description_sv", "name_en", "summary_en", "description_en"):
                assert getattr(event, text), (event.slug, text)

    def test_all_of_it_is_free_for_programs_too(self) -> None:
        assert not Event.objects.exclude(price_text_sv=None).exclude(price_text_sv="").exists()

    def test_a_course_is_full_with_a_line(self) -> None:
        course = Registration.objects.filter(occurrence__event__slug="borja-med-mobilen")
        assert {State.CONFIRMED, State.WAITING} <= set(course.values_list("state", flat=True))

    def test_each_role_has_a_person_without_a_name_or_an_address(self) -> None:
        assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
        assert not Person.objects.exclude(email="").exists()

    def test_each_role_gets_a_code(self) -> None:
        for role in ("resident", *Role.values):
            assert len(demo.sign_in_code(role, clock.now())) == 19

    def test_an_unknown_role_is_told_which_there_are(self) -> None:
        with pytest.raises(Refused, match="guide"):
            demo.sign_in_code("wizard", clock.now())

    @override_settings(PRODUCTION=True)
    def test_in_production_there_is_no_demo(self) -> None:
        with pytest.raises(CommandError, match="production"):
            call_command("demo")
