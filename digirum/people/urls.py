"""Addresses of the room ``people``."""

from django.urls import URLPattern, URLResolver

from digirum.people import urls_account, urls_keys

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [*urls_keys.urlpatterns, *urls_account.urlpatterns]
