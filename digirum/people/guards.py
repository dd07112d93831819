"""Who may open a page: decorators for views. What an act allows is decided by the act's own rule, again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from digirum.base import clock
from digirum.base.never_cache import never_cache
from digirum.people import rules, strength
from digirum.people.models import Organisation, Person, Role

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]  # a view function
type Finder = Callable[..., Organisation | None]


def next_path(request: HttpRequest, default: str = "") -> str:
    """The page of this site that the visitor wanted to reach (``?next=`` or the form's), else ``default``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if here and wanted.startswith("/") else default


def person_of(request: HttpRequest) -> Person | None:
    """Who has signed in; None for a visitor."""
    user = request.user
    if not user.is_authenticated:
        return None
    return user._wrapped if isinstance(user, SimpleLazyObject) else user  # itself: each look through the wrapping costs


def me(request: HttpRequest) -> Person:
    """Who has signed in, in a view that a guard protects; 404 if the guard was forgotten."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


def to_page(url_name: str, request: HttpRequest) -> HttpResponseRedirect:
    """Sends the visitor to another page of this room and back here (to my page after a form) when that is done."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse(url_name) + query)


def signed_in[**P](view: View[P]) -> View[P]:
    """For whoever has signed in, in any way. A visitor is asked to sign in and then comes back."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_page("people:sign_in", request)
        return view(request, *args, **kwargs)

    return guarded


def for_roles[**P](*roles: Role, organisation: Finder | None = None) -> Callable[[View[P]], View[P]]:
    """For whoever holds one of the roles, for the organisation that ``organisation(request, **kwargs)`` finds.

    A visitor is asked to sign in. A person without the role finds no page (404). A person with the role who has signed
    in weakly is told how to sign in strongly. The first of ``roles`` that holds becomes the person's acting role.
    """

    def guard(view: View[P]) -> View[P]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                return to_page("people:sign_in", request)
            unit = organisation(request, *args, **kwargs) if organisation else None
            held = rules.roles_given(person, *roles, at=clock.now(), organisation=unit)
            if not held:
                raise Http404
            if not strength.is_strong(request.session):
                return to_page("people:sign_in_strongly", request)
            person.act_as(next(role for role in roles if role in held))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def fresh_sign_in[**P](view: View[P]) -> View[P]:
    """For dangerous acts: whoever signed in more than ten minutes ago is asked to sign in once more."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not strength.is_fresh(request.session, clock.now()):
            return to_page("people:sign_in_again", request)
        return view(request, *args, **kwargs)

    return guarded
