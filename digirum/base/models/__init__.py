"""The few rows that the house itself keeps."""

from digirum.base.models.generation import Generation

__all__ = ["Generation"]
