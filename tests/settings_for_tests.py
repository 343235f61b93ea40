"""The product's settings, with a home that lives as long as the test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="gongjian-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["GONGJIAN_HOME"] = str(HOME)

from gongjian.config.settings import *  # noqa: E402, F403
from gongjian.config.settings import CACHES, DATABASES  # noqa: E402

# Tests write rows behind the log's back; whoever tests what is kept asks for it.
CACHES["drawn"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# A file rather than memory: journeys and two-at-once tests open several connections.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}

# argon2 takes its time on purpose; a test that is not about it should not wait.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
