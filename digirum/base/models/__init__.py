"""The few rows that the house itself keeps."""

from digirum.base.models.generation import Generation
from digirum.base.models.picture import Picture, PictureRendition
from digirum.base.models.search import SearchDoc, SearchWord
from digirum.base.models.worker import ChoreRun, Heartbeat, TaskKey

__all__ = [
    "ChoreRun",
    "Generation",
    "Heartbeat",
    "Picture",
    "PictureRendition",
    "SearchDoc",
    "SearchWord",
    "TaskKey",
]
