"""The room of programme."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.events"
    label = "events"
    verbose_name = _("Programme")
