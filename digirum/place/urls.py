"""Addresses of the room ``place``."""

from django.urls import URLPattern, URLResolver

app_name = "place"
urlpatterns: list[URLPattern | URLResolver] = []
