"""The shared vocabulary: competences, levels, themes and help topics."""

from digirum.topics.models.competence import Area, Competence, Level, SubLevel
from digirum.topics.models.theme import HelpTopic, Theme

__all__ = ["Area", "Competence", "HelpTopic", "Level", "SubLevel", "Theme"]
