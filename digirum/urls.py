"""The root address list: what has no language (health, static things), and every room in every language."""

from django.urls import URLPattern, URLResolver, include, path

from digirum.base.languages import language_patterns
from digirum.front.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("digirum.base.urls_plain")),
    path("api/v1/", api.urls),
    path("redaktion/", include("digirum.front.back_office")),
    *language_patterns(
        # Tried from the top, so what is asked for most stands first; no two rooms share a first word.
        path("", include("digirum.events.urls")),
        path("", include("digirum.place.urls")),
        path("", include("digirum.front.urls")),
        path("", include("digirum.base.urls")),
        path("", include("digirum.notices.urls")),
        path("", include("digirum.people.urls")),
    ),
]

handler400 = "digirum.base.views.errors.bad_request"
handler403 = "digirum.base.views.errors.forbidden"
handler404 = "digirum.base.views.errors.not_found"
handler500 = "digirum.base.views.errors.server_error"
