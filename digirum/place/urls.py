"""Addresses of the room ``place``."""

from django.urls import URLPattern, URLResolver, path

from digirum.place.views import centres, running, topics

app_name = "place"
urlpatterns: list[URLPattern | URLResolver] = [
    path("center", centres.centre_list, name="centre_list"),
    path("center/<slug:slug>", centres.centre, name="centre"),
    path("center/<slug:slug>/skriv-ut", centres.centre_print, name="centre_print"),
    path("hjalp", topics.help_list, name="help_list"),
    path("hjalp/<slug:slug>", topics.help_topic, name="help_topic"),
    path("samordna/center", running.centre_choice, name="centre_choice"),
    path("samordna/center/<slug:slug>", running.run, name="run"),
    path("samordna/center/<slug:slug>/texter", running.edit_texts, name="edit_texts"),
    path("samordna/center/<slug:slug>/tider", running.edit_hours, name="edit_hours"),
    path("samordna/center/<slug:slug>/perioder/ny", running.add_period, name="add_period"),
    path("samordna/center/<slug:slug>/perioder/<int:pk>", running.edit_period, name="edit_period"),
    path("samordna/center/<slug:slug>/perioder/<int:pk>/ta-bort", running.remove_period, name="remove_period"),
    path("samordna/center/<slug:slug>/stangda-dagar/ny", running.close_day, name="close_day"),
    path("samordna/center/<slug:slug>/stangda-dagar/<int:pk>/ta-bort", running.reopen_day, name="reopen_day"),
    path("samordna/center/<slug:slug>/hjalp", running.stances, name="stances"),
    path("samordna/center/<slug:slug>/hjalp/<slug:topic>", running.edit_stance, name="edit_stance"),
]
