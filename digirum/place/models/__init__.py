"""The nouns of place: centres, their hours, what they help with."""

from digirum.place.models.centre import Centre

__all__ = ["Centre"]
