"""Acts on centres: who may, what is refused, and what each leaves behind."""

from datetime import date, time
from typing import Any

import pytest

from digirum.base.generations import read_generations
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Role
from digirum.place import actions
from digirum.place.hours import Opening
from digirum.place.models import (
    AccessibilityFact,
    Centre,
    CentreHelp,
    ClosedDay,
    HoursPeriod,
    SpokenLanguage,
    WeeklyHours,
)
from digirum.place.rules import centres_run_by, may_run
from digirum.place.tests.scene import (
    NOW,
    TEN_TO_SIX,
    make_centre,
    make_organisation,
    make_period,
    make_person,
    runner_of,
)
from digirum.topics.models import HelpTopic

pytestmark = pytest.mark.django_db
SUMMER = (date(2027, 6, 21), date(2027, 8, 15))
TEXTS = {"name_sv": "Digidel", "summary_sv": "Ett rum."}


def generations(centre: Centre) -> dict[str, int]:
    return read_generations(["place", f"centre:{centre.slug}"])


def topic() -> HelpTopic:
    return HelpTopic.objects.create(slug="wifi", name_sv="Wifi")


def every_act(centre: Centre, by: Person | None) -> list[Any]:
    """Each act on a centre, ready to be run."""
    at = NOW
    period = make_period(centre, *SUMMER)
    about = topic()
    return [
        lambda: actions.change_centre(by=by, at=at, centre=centre, values=TEXTS, revision=centre.revision),
        lambda: actions.set_weekly_hours(
            by=by, at=at, centre=centre, openings=TEN_TO_SIX[:2], revision=Centre.objects.get().hours_revision
        ),
        lambda: actions.set_opening(by=by, at=at, centre=centre, opening=Opening(6, time(12), time(15))),
        lambda: actions.remove_opening(by=by, at=at, row=WeeklyHours.objects.filter(centre=centre).latest("pk")),
        lambda: actions.change_period(
            by=by,
            at=at,
            period=period,
            first_day=SUMMER[0],
            last_day=SUMMER[1],
            openings=TEN_TO_SIX[:1],
            names={"name_sv": "Sommar"},
            revision=1,
        ),
        lambda: actions.remove_period(by=by, at=at, period=period),
        lambda: make_period_by(by, centre),
        lambda: actions.close_day(
            by=by, at=at, centre=centre, day=date(2026, 12, 24), reasons={"reason_sv": "Julafton"}
        ),
        lambda: actions.reopen_day(by=by, at=at, closed=ClosedDay.objects.get()),
        lambda: actions.state_fact(by=by, at=at, centre=centre, kind="lift", answer="yes", notes={"note_sv": "Bred."}),
        lambda: actions.withdraw_fact(by=by, at=at, fact=AccessibilityFact.objects.get()),
        lambda: actions.offer_language(by=by, at=at, centre=centre, language="ar", weekday=0),
        lambda: actions.withdraw_language(by=by, at=at, spoken=SpokenLanguage.objects.get()),
        lambda: actions.set_help(by=by, at=at, centre=centre, topic=about, stance="help", values={"note_sv": "Ja."}),
        lambda: actions.remove_help(by=by, at=at, given=CentreHelp.objects.get()),
    ]


def make_period_by(by: Person | None, centre: Centre) -> HoursPeriod:
    return actions.add_period(
        by=by,
        at=NOW,
        centre=centre,
        first_day=date(2026, 12, 27),
        last_day=date(2026, 12, 30),
        openings=(),
        names={"name_sv": "Mellandagarna"},
    )


def test_every_act_leaves_one_line_and_makes_the_centres_pages_fresh() -> None:
    centre = make_centre()
    by = runner_of(centre)
    for act in every_act(centre, by):
        lines, before = JournalEntry.objects.count(), generations(centre)
        act()
        assert JournalEntry.objects.count() == lines + 1
        newest = JournalEntry.objects.order_by("-id")[0]
        assert newest.subject == by.subject_id
        assert newest.verb.startswith("place.")
        assert generations(centre) == {key: number + 1 for key, number in before.items()}


def attempts(centre: Centre, by: Person) -> list[Any]:
    """What a stranger may try on a centre where there is one of everything."""
    at = NOW
    return [
        lambda: actions.change_centre(by=by, at=at, centre=centre, values=TEXTS, revision=1),
        lambda: actions.set_weekly_hours(by=by, at=at, centre=centre, openings=(), revision=2),
        lambda: actions.set_opening(by=by, at=at, centre=centre, opening=Opening(6, time(12), time(15))),
        lambda: actions.remove_opening(by=by, at=at, row=WeeklyHours.objects.filter(centre=centre).latest("pk")),
        lambda: make_period_by(by, centre),
        lambda: actions.remove_period(by=by, at=at, period=HoursPeriod.objects.get()),
        lambda: actions.reopen_day(by=by, at=at, closed=ClosedDay.objects.get()),
        lambda: actions.withdraw_fact(by=by, at=at, fact=AccessibilityFact.objects.get()),
        lambda: actions.withdraw_language(by=by, at=at, spoken=SpokenLanguage.objects.get()),
        lambda: actions.remove_help(by=by, at=at, given=CentreHelp.objects.get()),
        lambda: actions.remove_centre(by=by, at=at, centre=centre),
    ]


def test_nobody_but_those_who_run_the_centre_changes_anything() -> None:
    centre, other = make_centre(), make_centre("filialen")
    acts = every_act(centre, None)
    for act in (acts[7], acts[9], acts[11], acts[13]):
        act()  # so that there is something to take away
    strangers = [
        make_person(),
        make_person(Role.GUIDE, Role.EDITOR, organisation=centre.organisation),
        runner_of(other),
    ]
    lines = JournalEntry.objects.count()
    for by in strangers:
        for attempt in attempts(centre, by):
            with pytest.raises(NotAllowed):
                attempt()
    assert JournalEntry.objects.count() == lines


def test_an_administrator_of_the_city_runs_every_centre_and_opens_new_ones() -> None:
    centre, other = make_centre(), make_centre("filialen")
    parent = centre.organisation.parent
    administrator = make_person(Role.ADMINISTRATOR, organisation=parent)
    assert may_run(administrator, centre, at=NOW)
    assert list(centres_run_by(administrator, at=NOW)) == [centre, other]
    unit = make_organisation("nya", parent=parent)
    made = actions.add_centre(by=administrator, at=NOW, organisation=unit, slug="nya", values=TEXTS)
    assert made.name == "Digidel"
    actions.remove_centre(by=administrator, at=NOW, centre=made)
    assert not Centre.objects.filter(slug="nya").exists()


def test_a_coordinator_runs_the_own_centre_and_opens_none() -> None:
    centre, _other = make_centre(), make_centre("filialen")
    coordinator = runner_of(centre)
    assert list(centres_run_by(coordinator, at=NOW)) == [centre]
    with pytest.raises(NotAllowed):
        actions.add_centre(
            by=coordinator, at=NOW, organisation=make_organisation("nya", centre.organisation), slug="nya", values=TEXTS
        )


def test_saving_without_a_change_writes_nothing_and_keeps_pages_cached() -> None:
    centre = make_centre(summary_sv="Ett rum.")
    lines, before = JournalEntry.objects.count(), generations(centre)
    actions.change_centre(by=None, at=NOW, centre=centre, values={"summary_sv": "Ett rum.", "phone": ""}, revision=1)
    actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=reversed(TEN_TO_SIX), revision=99)
    assert JournalEntry.objects.count() == lines
    assert generations(centre) == before


def test_the_second_of_two_writers_gets_to_see_the_first_ones_words_and_nothing_is_overwritten() -> None:
    centre = make_centre()
    actions.change_centre(by=None, at=NOW, centre=centre, values={**TEXTS, "phone": "1"}, revision=1)
    with pytest.raises(RevisionConflict) as conflict:
        actions.change_centre(by=None, at=NOW, centre=centre, values={**TEXTS, "phone": "2"}, revision=1)
    assert conflict.value.theirs.phone == "1"
    saved = actions.change_centre(
        by=None, at=NOW, centre=centre, values={**TEXTS, "phone": "2"}, revision=conflict.value.revision
    )
    assert saved.phone == "2"


def test_two_who_set_the_week_at_once_do_not_overwrite_each_other() -> None:
    centre = make_centre()
    revision = centre.hours_revision
    actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=TEN_TO_SIX[:3], revision=revision)
    with pytest.raises(RevisionConflict) as conflict:
        actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=TEN_TO_SIX[:1], revision=revision)
    assert conflict.value.theirs == list(TEN_TO_SIX[:3])


@pytest.mark.parametrize(
    ("openings", "code"),
    [
        ([Opening(0, time(10), time(12)), Opening(0, time(11, 59), time(13))], "hours-overlap"),
        ([Opening(0, time(10), time(18)), Opening(0, time(12), time(13))], "hours-overlap"),
        ([Opening(0, time(18), time(18))], "closes-before-it-opens"),
        ([Opening(0, time(18), time(2))], "closes-before-it-opens"),
    ],
)
def test_hours_that_overlap_or_pass_midnight_are_refused_at_their_day(openings: list[Opening], code: str) -> None:
    centre = make_centre()
    with pytest.raises(Refused) as refusal:
        actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=openings, revision=centre.hours_revision)
    assert (refusal.value.code, refusal.value.field) == (code, "day_0")
    assert WeeklyHours.objects.filter(centre=centre).count() == len(TEN_TO_SIX)


def test_several_openings_on_a_day_may_touch() -> None:
    centre = make_centre()
    wanted = [Opening(0, time(10), time(12)), Opening(0, time(12), time(14)), Opening(0, time(15), time(18))]
    actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=wanted, revision=centre.hours_revision)
    assert WeeklyHours.objects.filter(centre=centre, weekday=0).count() == 3


@pytest.mark.parametrize(
    "days",
    [
        (date(2027, 8, 15), date(2027, 8, 20)),
        (date(2027, 6, 1), date(2027, 6, 21)),
        (date(2027, 7, 1), date(2027, 7, 2)),
        (date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_periods_of_a_centre_that_share_a_day_are_refused(days: tuple[date, date]) -> None:
    centre = make_centre()
    make_period(centre, *SUMMER)
    with pytest.raises(Refused) as refusal:
        make_period(centre, *days, name="Annat")
    assert (refusal.value.code, refusal.value.field) == ("periods-overlap", "first_day")
    make_period(make_centre("filialen"), *days, name="Annat")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        make_period(make_centre(), SUMMER[1], SUMMER[0])
    assert refusal.value.field == "last_day"


def test_a_no_must_name_who_does_help() -> None:
    centre, about = make_centre(), topic()
    with pytest.raises(Refused) as refusal:
        actions.set_help(by=None, at=NOW, centre=centre, topic=about, stance="no-help", values={"who_does_sv": " "})
    assert refusal.value.field == "who_does_sv"
    given = actions.set_help(
        by=None, at=NOW, centre=centre, topic=about, stance="no-help", values={"who_does_sv": "Din bank."}
    )
    assert given.revision == 1
    with pytest.raises(RevisionConflict):
        actions.set_help(by=None, at=NOW, centre=centre, topic=about, stance="help", values={}, revision=None)
    actions.set_help(by=None, at=NOW, centre=centre, topic=about, stance="help", values={}, revision=1)


def test_closing_a_day_twice_or_offering_a_language_twice_is_the_same_as_once() -> None:
    centre = make_centre()
    for _again in range(2):
        reasons = {"reason_sv": "Julafton"}
        actions.close_day(by=None, at=NOW, centre=centre, day=date(2026, 12, 24), reasons=reasons)
        actions.offer_language(by=None, at=NOW, centre=centre, language="ar", weekday=0)
        actions.offer_language(by=None, at=NOW, centre=centre, language="sv")
    assert ClosedDay.objects.count() == 1
    assert SpokenLanguage.objects.count() == 2


def test_a_centre_needs_a_name_and_both_numbers_of_its_place() -> None:
    centre = make_centre()
    with pytest.raises(Refused) as refusal:
        actions.change_centre(by=None, at=NOW, centre=centre, values={"name_sv": " "}, revision=1)
    assert refusal.value.field == "name_sv"
    values = {"name_sv": "Digidel", "latitude": 56, "longitude": None}
    with pytest.raises(Refused) as refusal:
        actions.change_centre(by=None, at=NOW, centre=centre, values=values, revision=1)
    assert refusal.value.field == "longitude"
