"""The nouns of notices."""
