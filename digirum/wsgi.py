"""The door that the production server opens: the page cache answers what it can, Django the rest."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")

# No log line says which file, thread or process wrote it; finding that out costs as much as writing the line
# (https://docs.python.org/3/howto/logging.html#optimization).
logging._srcfile = None
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False

django_application = get_wsgi_application()

from digirum.base.door import Door  # noqa: E402 - only after Django is set up

application = Door(django_application)
