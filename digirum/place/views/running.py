"""Pages for those who run a centre: its texts, its hours, what it helps with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import clock
from digirum.base.languages import said
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.people.guards import for_roles, me
from digirum.people.models import Organisation
from digirum.place import actions, pages, words
from digirum.place.forms import ActForm, CentreForm, ClosedDayForm, HelpForm, PeriodForm, WeekForm
from digirum.place.models import Centre, CentreHelp, ClosedDay, HoursPeriod
from digirum.place.queries import opening_of, schedule_of
from digirum.place.rules import RUNNERS, centres_run_by
from digirum.topics.models import HelpTopic


def _unit(_request: HttpRequest, slug: str, **_kwargs: object) -> Organisation:
    centre: Centre = get_object_or_404(Centre.objects.select_related("organisation"), slug=slug)
    return centre.organisation


runs_it = for_roles(*RUNNERS, organisation=_unit)


@for_roles(*RUNNERS)
def centre_choice(request: HttpRequest) -> HttpResponse:
    """The centres that the person runs."""
    now = clock.now()
    rows = pages.centre_rows(request, centres_run_by(me(request), at=now).select_related("picture"), now)
    for row in rows:
        row["url"] = reverse("place:run", args=[row["centre"].slug])
    return render(request, "place/run_list.html", {"centres": rows})


@runs_it
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre as those who run it see it: everything with its way to change it."""
    centre = _centre(slug)
    today = clock.local_day(clock.now())
    context = {
        "centre": centre,
        "name": words.marked(said(centre, "name")),
        "hours": pages.hours_of_page(schedule_of(centre), clock.now()),
        "periods": [
            {
                "pk": period.pk,
                "name": words.marked(said(period, "name")),
                "days": words.say_days(period.first_day, period.last_day, today),
            }
            for period in HoursPeriod.objects.not_past(today).filter(centre=centre)
        ],
        "closed_days": [
            {
                "pk": closed.pk,
                "day": words.say_days(closed.day, closed.day, today),
                "reason": words.marked(said(closed, "reason")),
            }
            for closed in ClosedDay.objects.filter(centre=centre, day__gte=today).order_by("day")
        ],
        "crumbs": [(_("My centres"), reverse("place:centre_choice"))],
    }
    return render(request, "place/run.html", context)


@runs_it
def edit_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes what is said of the centre."""
    centre = _centre(slug)
    form = CentreForm(_sent(request), initial=CentreForm.initial_of(centre))

    def save() -> str:
        seen = form.cleaned_data["seen_revision"] or 0
        actions.change_centre(by=me(request), at=clock.now(), centre=centre, values=form.values(), revision=seen)
        return _("The texts are saved, and visitors see them now.")

    return _answer(request, centre, form, save, title=_("Change the texts"), theirs=CentreForm.read)


@runs_it
def edit_hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes the ordinary week."""
    centre = _centre(slug)
    openings = [opening_of(row) for row in centre.weekly_hours.filter(period=None)]
    initial = {**WeekForm.read(openings), "seen_revision": centre.hours_revision}
    form = WeekForm(_sent(request), initial=initial)

    def save() -> str:
        seen = form.cleaned_data["seen_revision"] or 0
        actions.set_weekly_hours(by=me(request), at=clock.now(), centre=centre, openings=form.openings, revision=seen)
        return _("The opening hours are saved, and visitors see them now.")

    return _answer(request, centre, form, save, title=_("Opening hours of an ordinary week"), theirs=WeekForm.read)


@runs_it
def add_period(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds a period with other hours."""
    centre = _centre(slug)
    form = PeriodForm(_sent(request))

    def save() -> str:
        actions.add_period(by=me(request), at=clock.now(), centre=centre, **form.values())
        return _("The period is saved. Its hours hold on its days.")

    return _answer(request, centre, form, save, title=_("A period with other hours"))


@runs_it
def edit_period(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Changes a period with other hours."""
    centre = _centre(slug)
    period: HoursPeriod = get_object_or_404(HoursPeriod, centre=centre, pk=pk)
    openings = [opening_of(row) for row in period.weekly_hours.all()]
    form = PeriodForm(_sent(request), initial=PeriodForm.initial_of(period, openings))

    def save() -> str:
        seen = form.cleaned_data["seen_revision"] or 0
        actions.change_period(by=me(request), at=clock.now(), period=period, revision=seen, **form.values())
        return _("The period is saved. Its hours hold on its days.")

    title = _("A period with other hours")
    return _answer(request, centre, form, save, title=title, theirs=lambda now: PeriodForm.read_period(*now))


@runs_it
def remove_period(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks, then takes a period away."""
    centre = _centre(slug)
    period: HoursPeriod = get_object_or_404(HoursPeriod, centre=centre, pk=pk)

    def save() -> str:
        actions.remove_period(by=me(request), at=clock.now(), period=period)
        return _("The period is taken away. The ordinary week holds on its days.")

    title = _("Take away %(name)s?") % {"name": period.name}
    return _answer(request, centre, ActForm(_sent(request)), save, title=title, submit=_("Take it away"))


@runs_it
def close_day(request: HttpRequest, slug: str) -> HttpResponse:
    """Closes one day."""
    centre = _centre(slug)
    form = ClosedDayForm(_sent(request))

    def save() -> str:
        actions.close_day(by=me(request), at=clock.now(), centre=centre, **form.values())
        return _("The day is closed, and visitors see it now.")

    return _answer(request, centre, form, save, title=_("A closed day"))


@runs_it
def reopen_day(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks, then takes a closed day away."""
    centre = _centre(slug)
    closed: ClosedDay = get_object_or_404(ClosedDay, centre=centre, pk=pk)

    def save() -> str:
        actions.reopen_day(by=me(request), at=clock.now(), closed=closed)
        return _("The day is open again, as the week says.")

    day = words.say_days(closed.day, closed.day, clock.local_day(clock.now()))
    title = _("Open on %(day)s again?") % {"day": day}
    return _answer(request, centre, ActForm(_sent(request)), save, title=title, submit=_("Open again"))


@runs_it
def stances(request: HttpRequest, slug: str) -> HttpResponse:
    """Every help topic with the centre's stance on it."""
    centre = _centre(slug)
    given = {row.topic_id: row for row in centre.help_given.all()}
    rows = [
        {
            "name": words.marked(said(topic, "name")),
            "url": reverse("place:edit_stance", args=[centre.slug, topic.slug]),
            "stance": given[topic.pk].get_stance_display() if topic.pk in given else _("Nothing said yet"),
            "tone": {"help": "success", "no-help": "info"}.get(given[topic.pk].stance) if topic.pk in given else "",
        }
        for topic in HelpTopic.objects.all()
    ]
    return render(request, "place/run_stances.html", {"centre": centre, "rows": rows, "crumbs": _crumbs(centre)})


@runs_it
def edit_stance(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Says whether the centre helps with a topic, and who does when it does not."""
    centre = _centre(slug)
    about: HelpTopic = get_object_or_404(HelpTopic, slug=topic)
    given = CentreHelp.objects.filter(centre=centre, topic=about).first()
    initial = {**HelpForm.read(given), "seen_revision": given.revision} if given else {}
    form = HelpForm(_sent(request), initial=initial)

    def save() -> str:
        actions.set_help(
            by=me(request),
            at=clock.now(),
            centre=centre,
            topic=about,
            stance=form.cleaned_data["stance"],
            values=form.values(),
            revision=form.cleaned_data["seen_revision"],
        )
        return _("Saved, and visitors see it now.")

    back = reverse("place:stances", args=[centre.slug])
    return _answer(request, centre, form, save, title=about.name, theirs=HelpForm.read, back=back)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form has sent; None when it is only being opened."""
    return request.POST if request.method == "POST" else None


def _centre(slug: str) -> Centre:
    centre: Centre = get_object_or_404(Centre.objects.select_related("organisation"), slug=slug)
    return centre


def _crumbs(centre: Centre) -> list[tuple[str, str]]:
    return [
        (_("My centres"), reverse("place:centre_choice")),
        (str(said(centre, "name")), reverse("place:run", args=[centre.slug])),
    ]


def _answer(
    request: HttpRequest,
    centre: Centre,
    form: ActForm,
    save: Callable[[], str],
    *,
    title: str,
    theirs: Callable[[Any], dict[str, Any]] | None = None,
    back: str = "",
    submit: str = "",
) -> HttpResponse:
    """Shows the form; when it is sent and right, runs the act, says what happened and goes back."""
    back = back or reverse("place:run", args=[centre.slug])
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save())
            return HttpResponseRedirect(back)
        except NotAllowed as error:
            raise Http404 from error
        except RevisionConflict as conflict:
            form.show_theirs(conflict, theirs(conflict.theirs) if theirs else {})
        except Refused as error:
            form.refuse(error)
    context = {"form": form, "title": title, "centre": centre, "back": back, "submit": submit or _("Save")}
    status = 422 if form.errors else 200
    return render(request, "place/run_form.html", {**context, "crumbs": _crumbs(centre)}, status=status)
