"""The shared vocabulary: competences, levels, themes and help topics."""

from digirum.topics.models.competence import Area, Competence, Level
from digirum.topics.models.theme import HelpTopic, Theme

__all__ = ["Area", "Competence", "HelpTopic", "Level", "Theme"]
