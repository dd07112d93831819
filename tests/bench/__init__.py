"""How fast the room is, beside what this machine can do at all: ``make bench``."""
