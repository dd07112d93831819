"""Digirum: a city's digital room, the website and the desk of a place where everyone has a key."""

__version__ = "0.1.0"
