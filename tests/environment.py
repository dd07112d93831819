"""A pytest plugin that is loaded first: it says that this is a test before anything reads the settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DIGIRUM_MODE"] = "test"
if "DIGIRUM_TEST_VAR" not in os.environ:
    # The workers of one run inherit the first one's folder.
    os.environ["DIGIRUM_TEST_VAR"] = tempfile.mkdtemp(prefix="digirum-test-")
    atexit.register(shutil.rmtree, os.environ["DIGIRUM_TEST_VAR"], ignore_errors=True)
RUN_FOLDER = Path(os.environ["DIGIRUM_TEST_VAR"])
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DIGIRUM_VAR"] = str(RUN_FOLDER / WORKER)
(RUN_FOLDER / WORKER / "static").mkdir(parents=True, exist_ok=True)
