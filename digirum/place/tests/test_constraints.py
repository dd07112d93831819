"""What the database itself refuses, on SQLite and on PostgreSQL alike, when an act is gone round."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from digirum.place.models import Centre, CentreHelp, ClosedDay, HoursPeriod, SpokenLanguage, WeeklyHours
from digirum.place.tests.scene import make_centre, make_period
from digirum.topics.models import HelpTopic

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    centre = make_centre()
    WeeklyHours.objects.filter(centre=centre).delete()
    return centre


def hours(centre: Centre, opens: int, closes: int, weekday: int = 0, period: HoursPeriod | None = None) -> WeeklyHours:
    with transaction.atomic():
        return WeeklyHours.objects.create(
            centre=centre, period=period, weekday=weekday, opens=time(opens), closes=time(closes)
        )


@pytest.mark.parametrize(("opens", "closes"), [(11, 13), (9, 11), (10, 12), (10, 11), (9, 15)])
def test_two_openings_of_a_day_do_not_overlap(centre: Centre, opens: int, closes: int) -> None:
    hours(centre, 10, 12)
    with pytest.raises(IntegrityError):
        hours(centre, opens, closes)


def test_openings_may_touch_and_be_on_other_days_in_other_weeks_and_at_other_centres(centre: Centre) -> None:
    period = make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    hours(centre, 10, 12)
    hours(centre, 12, 14)
    hours(centre, 10, 12, weekday=1)
    hours(centre, 10, 12, period=period)
    hours(make_centre("filialen"), 19, 20)
    assert WeeklyHours.objects.filter(centre=centre).count() == 4


def test_two_openings_of_a_day_in_a_period_do_not_overlap(centre: Centre) -> None:
    period = make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    hours(centre, 10, 12, period=period)
    with pytest.raises(IntegrityError):
        hours(centre, 11, 13, period=period)


def test_an_opening_cannot_be_moved_onto_another(centre: Centre) -> None:
    hours(centre, 10, 12)
    later = hours(centre, 13, 15)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyHours.objects.filter(pk=later.pk).update(opens=time(11))
    WeeklyHours.objects.filter(pk=later.pk).update(opens=time(12))


@pytest.mark.parametrize(("opens", "closes", "weekday"), [(12, 12, 0), (18, 2, 0), (10, 12, 7)])
def test_an_opening_ends_after_it_begins_on_a_real_weekday(
    centre: Centre, opens: int, closes: int, weekday: int
) -> None:
    with pytest.raises(IntegrityError):
        hours(centre, opens, closes, weekday)


@pytest.mark.parametrize(
    ("first", "last"), [((2027, 8, 15), (2027, 8, 20)), ((2027, 6, 1), (2027, 6, 21)), ((2027, 7, 1), (2027, 7, 1))]
)
def test_periods_of_a_centre_share_no_day(
    centre: Centre, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursPeriod.objects.create(centre=centre, name_sv="Annat", first_day=date(*first), last_day=date(*last))


def test_periods_may_follow_each_other_and_be_moved_but_not_onto_another(centre: Centre) -> None:
    make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    autumn = make_period(centre, date(2027, 8, 16), date(2027, 8, 20))
    HoursPeriod.objects.filter(pk=autumn.pk).update(last_day=date(2027, 8, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursPeriod.objects.filter(pk=autumn.pk).update(first_day=date(2027, 8, 15))


def test_a_period_ends_after_it_begins(centre: Centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursPeriod.objects.create(
            centre=centre, name_sv="Bakvänt", first_day=date(2027, 6, 2), last_day=date(2027, 6, 1)
        )


def test_a_no_names_who_does(centre: Centre) -> None:
    topic = HelpTopic.objects.create(slug="wifi", name_sv="Wifi")
    for nobody in ("", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            CentreHelp.objects.create(centre=centre, topic=topic, stance="no-help", who_does_sv=nobody)
    CentreHelp.objects.create(centre=centre, topic=topic, stance="no-help", who_does_sv="Din bank.")


def test_a_language_is_said_once_for_every_day_and_once_for_each_weekday(centre: Centre) -> None:
    for weekday in (None, 0):
        SpokenLanguage.objects.create(centre=centre, language="ar", weekday=weekday)
        with pytest.raises(IntegrityError), transaction.atomic():
            SpokenLanguage.objects.create(centre=centre, language="ar", weekday=weekday)


def test_a_day_is_closed_once(centre: Centre) -> None:
    ClosedDay.objects.create(centre=centre, day=date(2026, 12, 24), reason_sv="Julafton")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedDay.objects.create(centre=centre, day=date(2026, 12, 24), reason_sv="Jul")
