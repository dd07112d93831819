"""The real WSGI door with the test addresses, for servers that tests start."""

import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")

from django.conf import settings

settings.ROOT_URLCONF = "digirum.base.tests.pages"
application = import_module("digirum.wsgi").application
