"""Taking a key, and one's own keys and sign-ins."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from digirum.base import clock, ids, languages
from digirum.base.limits import limited
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.people import card_numbers, key_secrets, pseudonyms, sessions, signing_in
from digirum.people.actions.replace_key import replace_key
from digirum.people.actions.retire_key import retire_key as retire
from digirum.people.actions.take_key import take_key as take
from digirum.people.guards import me, next_path, signed_in
from digirum.people.key_forms import NameForm, RetireForm, SealedForm
from digirum.people.key_secrets import Card
from digirum.people.models import Key, Session
from digirum.people.strength import Method

ONCE = signing.Signer(salt="people.take_key")


def once() -> str:
    """The signed id of a person who does not exist yet: it makes a form that is sent twice harmless."""
    return ONCE.sign(str(ids.uuid7()))


def person_id_of(sent: str) -> UUID | None:
    """The id that this server drew for the form; None if it was tampered with, and another one is drawn."""
    try:
        return UUID(ONCE.unsign(sent))
    except (signing.BadSignature, ValueError):
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("take-key", rate="30/h")
def take_key(request: HttpRequest) -> HttpResponse:
    """Step one asks for a name in the room, and proposes one; its answer is step two, the card."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect("people:my_keys")
        return _ask_for_name(request, NameForm(initial={"pseudonym": pseudonyms.propose(), "once": once()}))
    if "propose" in request.POST:
        return _ask_for_name(request, NameForm(initial={"pseudonym": pseudonyms.propose(), "once": once()}))
    form = NameForm(request.POST)
    if not form.is_valid():
        return _ask_for_name(request, form)
    at = clock.now()
    try:
        issued = take(
            pseudonym=form.cleaned_data["pseudonym"],
            language=languages.current().code,
            at=at,
            person_id=person_id_of(form.cleaned_data["once"]),
        )
    except Refused as refused:
        return _refused_to_take(request, form, refused)
    signing_in.sign_in(request, issued.person, method=Method.WORDS, at=at, key=issued.key)
    done = next_path(request, reverse("front:my_page"))
    return show_card(request, issued.card, done_url=done, step=2, pseudonym=issued.person.pseudonym)


def _ask_for_name(request: HttpRequest, form: NameForm) -> HttpResponse:
    return render(request, "people/key_take.html", {"form": form, "next": next_path(request)})


def _refused_to_take(request: HttpRequest, form: NameForm, refused: Refused) -> HttpResponse:
    if refused.code == "taken-already":
        return render(request, "people/key_taken_already.html", {"sentence": refused.sentence}, status=409)
    form.add_error(refused.field, refused.sentence)
    return _ask_for_name(request, form)


def show_card(request: HttpRequest, card: Card, *, done_url: str, **told: object) -> HttpResponse:
    """The page that shows a card this once. Only the page itself holds it, sealed, so that it can be printed."""
    sealed = SealedForm(initial={"sealed": key_secrets.seal(card), "next": done_url}, auto_id=False)
    context = {"card": card, "sealed": sealed, "done_url": done_url}
    return render(request, "people/key_card_shown.html", {**context, **told})


@require_safe
@signed_in
def my_keys(request: HttpRequest) -> HttpResponse:
    """My card, and where I am signed in."""
    return _my_keys(request, RetireForm())


def _my_keys(request: HttpRequest, form: RetireForm) -> HttpResponse:
    person = me(request)
    here = sessions.of(request)
    key = Key.objects.live().filter(person=person).first()
    rows = [
        {"session": row, "method": Method(row.method).label if row.method in Method else "", "here": here == row}
        for row in Session.objects.of(person)
        if not row.ending(clock.now())
    ]
    number = card_numbers.grouped(key.number) if key else ""
    retired = person.keys.filter(retired_at__isnull=False).select_related("retirement").order_by("-retired_at")[:5]
    context = {"key": key, "number": number, "rows": rows, "form": form, "retired": retired}
    return render(request, "people/my_keys.html", context)


@require_POST
@signed_in
@limited("replace-key", rate="10/h")
def replace_my_key(request: HttpRequest) -> HttpResponse:
    """A new card in place of my old one (or a first one)."""
    person = me(request)
    try:
        issued = replace_key(
            by=person, person=person, at=clock.now(), instead_of=_shown_key(request), keep=sessions.of(request)
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("people:my_keys")
    return show_card(request, issued.card, done_url=reverse("people:my_keys"))


@require_POST
@signed_in
def retire_my_key(request: HttpRequest) -> HttpResponse:
    """My card shall open nothing more."""
    person = me(request)
    form = RetireForm(request.POST)
    form.is_valid()
    key = _shown_key(request)
    if key is None:
        raise Http404
    try:
        retire(
            by=person,
            key=key,
            at=clock.now(),
            knows_it_is_the_last=form.cleaned_data.get("knows", False),
            keep=sessions.of(request),
        )
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _my_keys(request, form)
    messages.success(request, _("Your card has been retired. Nobody can sign in with it any more."))
    return redirect("people:my_keys")


@require_POST
@signed_in
def end_sign_in(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Signs me out on one of my devices."""
    person = me(request)
    session = get_object_or_404(Session, pk=session_id, person=person)
    sessions.end(session, by=person, at=clock.now())
    if session == sessions.of(request):
        return redirect("people:sign_in")
    messages.success(request, _("You are signed out there."))
    return HttpResponseRedirect(reverse("people:my_keys"))


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Signs me out on every device but this one."""
    person = me(request)
    sessions.end_all(person, by=person, at=clock.now(), besides=sessions.of(request))
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:my_keys")


def _shown_key(request: HttpRequest) -> Key | None:
    """The card that the page showed, if it is the person's own."""
    try:
        identifier = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Key.objects.filter(pk=identifier, person=me(request)).first()
