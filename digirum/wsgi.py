"""The door that the production server opens: the page cache answers what it can, Django the rest."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")

django_application = get_wsgi_application()

from digirum.base.door import Door  # noqa: E402 - only after Django is set up

application = Door(django_application)
