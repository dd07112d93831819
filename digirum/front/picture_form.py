"""The back office's form for pictures (``WAGTAILIMAGES_IMAGE_FORM_BASE``): what Wagtail writes, the act puts on record."""

from __future__ import annotations

from django.db import transaction
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import get_active_log_context

from digirum.base import clock
from digirum.base.models import Picture
from digirum.front import actions


class PictureForm(BaseImageForm):  # type: ignore[misc]  # Wagtail tells no types
    """Wagtail writes the file, its sizes and its words; who did it, it knows of the request."""

    def save(self, commit: bool = True) -> Picture:
        """Both in one transaction. Nobody asks for ``commit=False``: the form for many pictures is closed."""
        is_new = self.instance.pk is None
        with transaction.atomic():
            picture: Picture = super().save(commit=commit)
            by = get_active_log_context().user
            actions.keep_picture(by=by, at=clock.now(), picture=picture, is_new=is_new)
        return picture
