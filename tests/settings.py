"""The portal's own settings in its demo profile, in folders that go with the run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="thong-suot-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# Said before the portal's settings are read, so that nobody's .env reaches a test.
os.environ.update(
    SECRET_KEY="tests",
    DEBUG="false",
    DEMO="true",
    ALLOWED_HOSTS="testserver,localhost",
    SITE_URL="http://testserver",
    MEDIA_ROOT=str(HOME / "media"),
    STATIC_ROOT=str(HOME / "static"),
    EMAIL_URL="memorymail://",
    BEHIND_PROXY="false",
    LOG_LEVEL="ERROR",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{HOME / 'unused.sqlite3'}")
for folder in ["media", "static"]:
    (HOME / folder).mkdir()

from portal.settings import *

# SQLite in its production shape: a file, a connection per thread. In memory there is neither.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}

# Tests sign in hundreds of times; one test asks the real settings for Argon2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Only the browser tests collect the static files (tests/browser/conftest.py).
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
