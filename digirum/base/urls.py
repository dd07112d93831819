"""Addresses of the room ``base``."""

from django.urls import URLPattern, URLResolver, path

from digirum.base.views import kit, plain, reading

app_name = "base"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/", kit.kit, name="kit"),
    path("lasning", reading.reading, name="reading"),
    path("manifest.webmanifest", plain.manifest, name="manifest"),
]
