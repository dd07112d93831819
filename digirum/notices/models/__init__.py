"""The nouns of notices: what a person must know, and how it reaches them."""

from digirum.notices.models.delivery import Delivery
from digirum.notices.models.notice import Notice

__all__ = ["Delivery", "Notice"]
