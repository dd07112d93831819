"""What the room knows of me: to see, to take along, to erase."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from digirum.base import clock
from digirum.base.registries import exports, personal_data
from digirum.people.account_forms import UnderstoodForm
from digirum.people.actions import erasure
from digirum.people.export_words import label, readable
from digirum.people.guards import fresh_sign_in, me, signed_in
from digirum.people.models import Person
from digirum.people.views.account import FORM


def collected(person: Person) -> dict[str, object]:
    """What each room holds of the person, by the room's name."""
    return {export.name: export.collect(person.pk) for export in exports}


@require_safe
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Everything, to read and to print; and why each thing is kept."""
    told = [(label(name), readable(what)) for name, what in collected(me(request)).items()]
    return render(request, "people/my_data.html", {"rooms": told, "declarations": list(personal_data)})


@require_safe
@signed_in
def file(request: HttpRequest) -> HttpResponse:
    """The same as a file for programs."""
    response = HttpResponse(_as_json(collected(me(request))), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return response


@require_http_methods(FORM)
@fresh_sign_in
def erase(request: HttpRequest) -> HttpResponse:
    """Erases the account for ever, after reading back what goes and what stays."""
    person = me(request)
    form = UnderstoodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasure.erase(by=person, person=person, at=clock.now())
        auth.logout(request)
        return HttpResponseRedirect(reverse("people:erased"))
    return render(request, "people/erase.html", {"form": form, "person": person})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Says that it is done. Nobody is signed in here."""
    return render(request, "people/erased.html")


def _as_json(what: Any) -> str:
    return json.dumps(what, ensure_ascii=False, indent=2, default=str)
