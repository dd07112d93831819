"""The pages of those who run a centre: in the site itself, without the back office."""

import re
from datetime import date, time

import pytest
from django.test import Client

from digirum.people.models import Role
from digirum.place import actions
from digirum.place.hours import Opening
from digirum.place.models import Centre, CentreHelp, ClosedDay, HoursPeriod, WeeklyHours
from digirum.place.tests.scene import NOW, TEN_TO_SIX, client_of, make_centre, make_period, make_person, runner_of
from digirum.topics.models import HelpTopic

pytestmark = pytest.mark.django_db
HOME = "/samordna/center/biblioteket"


@pytest.fixture
def centre() -> Centre:
    return make_centre()


@pytest.fixture
def runner(centre: Centre) -> Client:
    return client_of(runner_of(centre))


def form_of(html: str) -> dict[str, str]:
    """What the form on a page would send, as it stands."""
    inputs = re.findall(r"<input[^>]*>", html)
    fields = {}
    for tag in inputs:
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "radio" not in tag:
            fields[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL):
        fields[name] = text.strip()
    return fields


def week(html: str) -> dict[str, str]:
    return {name: value for name, value in form_of(html).items() if name.startswith(("day_", "seen"))}


def test_the_week_is_written_as_on_a_sign(centre: Centre, runner: Client) -> None:
    form = week(runner.get(f"{HOME}/tider").text)
    assert form["day_0"] == "10–18"
    assert form["day_6"] == ""
    form |= {"day_0": "10-12, 13.30-18", "day_6": "12 till 16"}
    assert runner.post(f"{HOME}/tider", form, follow=True).redirect_chain[-1][0] == HOME
    monday = WeeklyHours.objects.filter(centre=centre, weekday=0).order_by("opens")
    assert [(row.opens, row.closes) for row in monday] == [(time(10), time(12)), (time(13, 30), time(18))]
    assert WeeklyHours.objects.get(weekday=6).opens == time(12)


@pytest.mark.parametrize("written", ["tio till sex", "10-25", "10", "18-10", "10-12, 11-13", "10-18-20"])
def test_hours_that_are_not_understood_are_said_at_their_day_and_kept_as_typed(runner: Client, written: str) -> None:
    form = week(runner.get(f"{HOME}/tider").text) | {"day_0": written}
    answer = runner.post(f"{HOME}/tider", form)
    assert answer.status_code == 422
    assert 'href="#id_day_0"' in answer.text
    assert f'value="{written}"' in answer.text
    assert WeeklyHours.objects.filter(weekday=0).count() == 1


def test_the_second_of_two_who_write_at_once_sees_both_texts_and_loses_nothing(centre: Centre, runner: Client) -> None:
    form = form_of(runner.get(f"{HOME}/texter").text) | {"summary_sv": "Min text."}
    values = {"name_sv": "Digidel biblioteket", "summary_sv": "Din text."}
    actions.change_centre(by=None, at=NOW, centre=centre, values=values, revision=centre.revision)
    answer = runner.post(f"{HOME}/texter", form)
    assert answer.status_code == 422
    assert "Min text." in answer.text
    assert "Din text." in answer.text
    centre.refresh_from_db()
    assert centre.summary == "Din text."
    again = form_of(answer.text)
    assert again["summary_sv"] == "Min text."
    assert runner.post(f"{HOME}/texter", again).status_code == 302
    centre.refresh_from_db()
    assert centre.summary == "Min text."


def test_the_second_of_two_who_set_hours_at_once_sees_both(centre: Centre, runner: Client) -> None:
    form = week(runner.get(f"{HOME}/tider").text) | {"day_0": "9–18"}
    actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=TEN_TO_SIX[:4], revision=centre.hours_revision)
    answer = runner.post(f"{HOME}/tider", form)
    assert answer.status_code == 422
    assert 'value="9–18"' in answer.text
    assert "“10–18”" in answer.text or "”10–18”" in answer.text
    assert runner.post(f"{HOME}/tider", week(answer.text)).status_code == 302
    assert WeeklyHours.objects.get(weekday=0).opens == time(9)


def test_a_period_is_added_changed_and_taken_away(centre: Centre, runner: Client) -> None:
    form = {"name_sv": "Sommar", "first_day": "2027-06-21", "last_day": "2027-08-15", "day_0": "11-15"}
    assert runner.post(f"{HOME}/perioder/ny", form).status_code == 302
    period = HoursPeriod.objects.get()
    assert [str(row.opens) for row in period.weekly_hours.all()] == ["11:00:00"]
    assert "Sommar" in runner.get(HOME).text
    form = form_of(runner.get(f"{HOME}/perioder/{period.pk}").text) | {"last_day": "2027-08-22", "day_1": "11–15"}
    assert runner.post(f"{HOME}/perioder/{period.pk}", form).status_code == 302
    period.refresh_from_db()
    assert period.last_day == date(2027, 8, 22)
    assert period.weekly_hours.count() == 2
    assert runner.get(f"{HOME}/perioder/{period.pk}/ta-bort").status_code == 200
    assert HoursPeriod.objects.exists()
    assert runner.post(f"{HOME}/perioder/{period.pk}/ta-bort").status_code == 302
    assert not HoursPeriod.objects.exists()


def test_a_period_that_meets_another_is_refused_and_what_was_typed_stays(centre: Centre, runner: Client) -> None:
    make_period(centre, date(2027, 6, 21), date(2027, 8, 15), Opening(0, time(11), time(15)))
    form = {"name_sv": "Midsommar", "first_day": "2027-06-25", "last_day": "2027-06-26"}
    answer = runner.post(f"{HOME}/perioder/ny", form)
    assert answer.status_code == 422
    assert 'href="#id_first_day"' in answer.text
    assert 'value="Midsommar"' in answer.text


def test_a_day_is_closed_and_opened_again(runner: Client) -> None:
    assert runner.post(f"{HOME}/stangda-dagar/ny", {"day": "2027-12-24", "reason_sv": "Julafton"}).status_code == 302
    closed = ClosedDay.objects.get()
    assert "Julafton" in runner.get(HOME).text
    assert runner.post(f"{HOME}/stangda-dagar/{closed.pk}/ta-bort").status_code == 302
    assert not ClosedDay.objects.exists()


def test_a_stance_is_taken_and_a_no_names_who_does(runner: Client) -> None:
    HelpTopic.objects.create(slug="wifi", name_sv="Wifi")
    assert "Wifi" in runner.get(f"{HOME}/hjalp").text
    answer = runner.post(f"{HOME}/hjalp/wifi", {"stance": "no-help"})
    assert answer.status_code == 422
    assert 'href="#id_who_does_sv"' in answer.text
    assert runner.post(f"{HOME}/hjalp/wifi", {"stance": "no-help", "who_does_sv": "Operatören."}).status_code == 302
    assert CentreHelp.objects.get().who_does == "Operatören."


PAGES = ["", "/texter", "/tider", "/perioder/ny", "/stangda-dagar/ny", "/hjalp"]


@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_find_these_pages(centre: Centre, client: Client, page: str) -> None:
    assert client.get(HOME + page).status_code == 302  # a visitor is asked to sign in
    other = make_centre("filialen")
    for stranger in (make_person(), make_person(Role.GUIDE, organisation=centre.organisation), runner_of(other)):
        assert client_of(stranger).get(HOME + page).status_code == 404
        assert client_of(stranger).post(HOME + page, {"name_sv": "x"}).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_those_who_run_the_centre_find_them_in_every_language(runner: Client, page: str) -> None:
    for prefix in ("", "/en", "/ar", "/latt"):
        assert runner.get(prefix + HOME + page).status_code == 200


def test_my_centres_are_those_that_i_run(centre: Centre, runner: Client) -> None:
    make_centre("filialen")
    page = runner.get("/samordna/center").text
    assert "Digidel biblioteket" in page
    assert "Digidel filialen" not in page


def test_the_desk_leads_those_who_run_a_centre_to_it(centre: Centre, runner: Client) -> None:
    assert f'href="{HOME}"' in runner.get("/disk").text
    guide = client_of(make_person(Role.GUIDE, organisation=centre.organisation))
    assert f'href="{HOME}"' not in guide.get("/disk").text
