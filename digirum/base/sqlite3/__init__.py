"""Django's SQLite, with the writers of a process in line. See ``base``."""
