"""Addresses of the room ``events``: words that one can read out over the telephone."""

from django.urls import URLPattern, URLResolver, path, re_path

from digirum.events import urls_desk, urls_run
from digirum.events.views import event, month, occurrence, programme, registration, sign_up, slip

app_name = "events"

_SLUG = r"(?P<slug>[-a-z0-9_]+)"
_KEY = r"(?P<key>\d{4}-\d{2}-\d{2}-\d{4})"
_OCCURRENCE = rf"^program/{_SLUG}/{_KEY}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("program", programme.programme, name="programme"),
    path("program/manad", month.this_month, name="this_month"),
    re_path(r"^program/manad/(?P<month>\d{4}-\d{2})$", month.month, name="month"),
    re_path(rf"^program/{_SLUG}$", event.event_detail, name="event"),
    re_path(rf"^program/{_SLUG}/tillfallen$", event.occurrence_list, name="event_occurrences"),
    re_path(rf"^program/{_SLUG}/skriv-ut$", event.event_print, name="event_print"),
    re_path(rf"{_OCCURRENCE}$", occurrence.occurrence_detail, name="occurrence"),
    re_path(rf"{_OCCURRENCE}/kalender\.ics$", occurrence.calendar_file, name="calendar_file"),
    re_path(rf"{_OCCURRENCE}/skriv-ut$", occurrence.occurrence_print, name="occurrence_print"),
    re_path(rf"{_OCCURRENCE}/anmalan$", sign_up.sign_up, name="sign_up"),
    re_path(rf"{_OCCURRENCE}/reservlista$", sign_up.waiting_list, name="waiting_list"),
    re_path(rf"{_OCCURRENCE}/anmalan/min$", registration.registration_detail, name="registration"),
    re_path(rf"{_OCCURRENCE}/anmalan/kvitto$", registration.receipt, name="receipt"),
    re_path(rf"{_OCCURRENCE}/anmalan/svar$", registration.answer_offer, name="answer_offer"),
    re_path(rf"{_OCCURRENCE}/anmalan/platser$", registration.change_seats, name="change_seats"),
    re_path(rf"{_OCCURRENCE}/anmalan/avboka$", registration.cancel, name="cancel"),
    path("avboka", slip.cancel_by_slip, name="cancel_by_slip"),
    path("avboka/klar", slip.cancelled, name="slip_cancelled"),
    *urls_desk.urlpatterns,
    *urls_run.urlpatterns,
]
