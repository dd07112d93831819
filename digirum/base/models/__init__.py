"""The few rows that the house itself keeps."""

from digirum.base.models.generation import Generation
from digirum.base.models.picture import Picture, PictureRendition

__all__ = ["Generation", "Picture", "PictureRendition"]
