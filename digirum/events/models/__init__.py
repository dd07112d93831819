"""The nouns of the programme."""
