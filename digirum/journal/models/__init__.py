"""The journal's one noun."""

from digirum.journal.models.entry import JournalEntry

__all__ = ["JournalEntry"]
