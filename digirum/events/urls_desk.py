"""Addresses of the programme's desk: lists at the door, sign-up without data, calls."""

from django.urls import URLPattern, URLResolver, path, re_path

from digirum.events.views import desk, desk_list, desk_sign_up

_OCCURRENCE = r"^disk/program/(?P<slug>[-a-z0-9_]+)/(?P<key>\d{4}-\d{2}-\d{2}-\d{4})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("disk/program", desk.programme, name="desk_programme"),
    path("disk/ring", desk.calls, name="desk_calls"),
    re_path(rf"{_OCCURRENCE}$", desk_list.door, name="desk_door"),
    re_path(rf"{_OCCURRENCE}/skriv-ut$", desk_list.printed, name="desk_list_print"),
    re_path(rf"{_OCCURRENCE}/anmal$", desk_sign_up.sign_up, name="desk_sign_up"),
    re_path(rf"{_OCCURRENCE}/vid-dorren$", desk_sign_up.walk_in, name="desk_walk_in"),
    path("disk/anmalan/<uuid:identifier>/<str:act>", desk_list.act, name="desk_act"),
]
