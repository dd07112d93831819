"""Keys at the desk: give one, replace a lost one, give new words; and computers that many share."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from digirum.base import clock, languages
from digirum.base.refusal import Refused
from digirum.people import card_numbers, guess_waves, guessing, pseudonyms, sessions, shared_computers
from digirum.people.actions.give_key import give_key
from digirum.people.actions.give_new_words import give_new_words
from digirum.people.actions.replace_key import replace_key
from digirum.people.actions.shared_computer import share_computer, stop_sharing_computer
from digirum.people.guards import for_roles, me
from digirum.people.key_forms import DeskNameForm, FindForm, RecognitionForm, SharedComputerForm
from digirum.people.making_keys import Issued
from digirum.people.models import Key, Person, Recognition
from digirum.people.rules import DESK
from digirum.people.views.key import once, person_id_of, show_card

at_desk = for_roles(*DESK)
MOST_FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def desk_key(request: HttpRequest) -> HttpResponse:
    """One page: give a key (name proposed, one press), or find the person whose card is lost (``?q=``)."""
    if request.method == "POST":
        return _give(request)
    find = FindForm(request.GET if "q" in request.GET else None)
    found: list[Person] | None = None
    if find.is_bound and find.is_valid():
        typed = find.cleaned_data["q"]
        number = card_numbers.tidy(typed)
        key = Key.objects.filter(number=number).first() if card_numbers.is_right(number) else None
        if key is not None:
            return redirect("people:desk_key_person", person_id=key.person_id)
        found = list(_called(typed)[:MOST_FOUND])
    form = DeskNameForm(initial={"pseudonym": pseudonyms.propose(), "once": once()})
    return _desk_page(request, form, find, found)


def _give(request: HttpRequest) -> HttpResponse:
    form = DeskNameForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, form, FindForm(), None)
    try:
        issued = give_key(
            by=me(request),
            pseudonym=form.cleaned_data["pseudonym"],
            language=languages.current().code,
            at=clock.now(),
            person_id=person_id_of(form.cleaned_data["once"]),
        )
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _desk_page(request, form, FindForm(), None)
    return _show(request, issued)


def _desk_page(request: HttpRequest, form: DeskNameForm, find: FindForm, found: list[Person] | None) -> HttpResponse:
    context = {"form": form, "find": find, "found": found, "wave": guess_waves.going_on(clock.now())}
    return render(request, "people/desk_key.html", context)


def _called(name: str) -> QuerySet[Person]:
    """Persons by their name in the room. Protected identities stand in no list: they are found by the number alone."""
    here = Person.objects.filter(is_active=True, is_protected=False, erased_at__isnull=True)
    return here.filter(pseudonym__icontains=" ".join(name.split())).order_by("pseudonym", "-joined_at")


def _show(request: HttpRequest, issued: Issued) -> HttpResponse:
    return show_card(
        request, issued.card, done_url=reverse("people:desk_key"), at_desk=True, pseudonym=issued.person.pseudonym
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def desk_key_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person's card at the desk: a new card, or new words for it."""
    person = get_object_or_404(Person, pk=person_id, is_active=True, erased_at__isnull=True)
    key = Key.objects.live().filter(person=person).first()
    form = RecognitionForm(request.POST or None, initial={"shown": _shown(key)})
    if request.method == "POST" and form.is_valid():
        try:
            return _show(request, _renew(request, person, key, form))
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
    context = {
        "form": form,
        "person": person,
        "key": key,
        "number": card_numbers.grouped(key.number) if key else "",
        "stopped": key is not None and guessing.are_stopped(key.number),
    }
    return render(request, "people/desk_key_person.html", context)


def _shown(key: Key | None) -> str:
    """What the page showed, so that two presses make one card: the card and when it got its words."""
    return f"{key.pk} {key.words_made_at.isoformat()}" if key else ""


def _renew(request: HttpRequest, person: Person, key: Key | None, form: RecognitionForm) -> Issued:
    if form.cleaned_data["shown"] != _shown(key):
        raise Refused(_("Somebody has just made a new card. Open the page again to see it."), code="replaced-already")
    by, how = me(request), Recognition(form.cleaned_data["recognised_by"])
    if "words" in request.POST and key is not None:
        return give_new_words(by=by, key=key, at=clock.now(), recognised_by=how)
    return replace_key(by=by, person=person, at=clock.now(), instead_of=key, recognised_by=how)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def desk_shared_computer(request: HttpRequest) -> HttpResponse:
    """Makes the computer that one sits at a shared one, or an ordinary one again."""
    here = shared_computers.here(request)
    form = SharedComputerForm(request.POST if request.method == "POST" and here is None else None)
    if request.method == "POST" and here is not None:
        stop_sharing_computer(by=me(request), computer_id=here, at=clock.now())
        messages.success(request, _("This is an ordinary computer again."))
        response: HttpResponse = redirect("people:desk_shared_computer")
        shared_computers.unmark(response)
        return response
    if request.method == "POST" and form.is_valid():
        computer = share_computer(by=me(request), label=form.cleaned_data["label"], at=clock.now())
        sessions.sign_out(request, at=clock.now())
        response = HttpResponseRedirect(reverse("front:home"))
        shared_computers.wipe(request, response)
        shared_computers.mark(response, computer)
        return response
    return render(request, "people/desk_shared_computer.html", {"form": form, "is_shared": here is not None})
