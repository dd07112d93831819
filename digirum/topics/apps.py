"""The room of topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.topics"
    label = "topics"
    verbose_name = _("Topics")

    def ready(self) -> None:
        """Registers the room's part of the open API."""
        from digirum.base.registries import ApiRouter, api_routers
        from digirum.topics.api import router

        api_routers.register(ApiRouter("topics", "/topics", router))
