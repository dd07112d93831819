"""Addresses of the room ``place``."""

from django.urls import URLPattern, URLResolver, path

from digirum.place.views import centres, topics

app_name = "place"
urlpatterns: list[URLPattern | URLResolver] = [
    path("center", centres.centre_list, name="centre_list"),
    path("center/<slug:slug>", centres.centre, name="centre"),
    path("center/<slug:slug>/skriv-ut", centres.centre_print, name="centre_print"),
    path("hjalp", topics.help_list, name="help_list"),
    path("hjalp/<slug:slug>", topics.help_topic, name="help_topic"),
]
