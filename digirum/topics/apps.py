"""The room of topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.topics"
    label = "topics"
    verbose_name = _("Topics")
