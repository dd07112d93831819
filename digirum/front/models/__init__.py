"""The one noun of front: what visitors tell us about the site itself."""

from digirum.front.models.remark import Remark

__all__ = ["Remark"]
