"""Addresses for those who make the programme: events, their times, and what is done with one time."""

from django.urls import URLPattern, URLResolver, path, re_path

from digirum.events.views import run_event, run_time

_EVENT = r"^samordna/program/(?P<slug>[-a-z0-9_]+)"
_TIME = rf"{_EVENT}/(?P<key>\d{{4}}-\d{{2}}-\d{{2}}-\d{{4}})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("samordna/program", run_event.my_events, name="my_events"),
    path("samordna/nytt", run_event.new_event, name="new_event"),
    re_path(rf"{_EVENT}$", run_event.one_event, name="run_event"),
    re_path(rf"{_EVENT}/andra$", run_event.edit_event, name="edit_event"),
    re_path(rf"{_EVENT}/publicera$", run_event.publish, name="publish_event"),
    re_path(rf"{_EVENT}/dra-tillbaka$", run_event.unpublish, name="unpublish_event"),
    re_path(rf"{_EVENT}/tider$", run_time.add_times, name="add_times"),
    re_path(rf"{_TIME}/flytta$", run_time.move, name="move_time"),
    re_path(rf"{_TIME}/platser$", run_time.change_capacity, name="change_capacity"),
    re_path(rf"{_TIME}/stall-in$", run_time.cancel, name="cancel_time"),
]
