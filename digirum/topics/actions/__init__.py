"""What is done with the vocabulary."""

from digirum.topics.actions.loading import Loaded, load_framework, load_vocabulary
from digirum.topics.actions.terms import Term, add_term, change_term, remove_term

__all__ = [
    "Loaded",
    "Term",
    "add_term",
    "change_term",
    "load_framework",
    "load_vocabulary",
    "remove_term",
]
