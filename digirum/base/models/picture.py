"""Pictures with the words that stand in for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An image that cannot be saved without alternative text. Decoration is drawn in the style sheet, not here."""

    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("Say what the picture shows to somebody who cannot see it."),
    )
    credit = models.CharField(_("made by, licence"), max_length=200, blank=True)

    search_auto_update = False  # the back office's form indexes what it saves; no task, and no other room's signal
    admin_form_fields: ClassVar[tuple[str, ...]] = (*Image.admin_form_fields, "alt", "credit")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="picture_has_alternative_text")]

    @property
    def default_alt_text(self) -> str:
        """The author's words; never the file's name."""
        return self.alt


class PictureRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once")
        ]
