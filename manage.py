"""Django's commands, for those who look for them here; ``digirum`` is the same and more."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")
    execute_from_command_line(sys.argv)
