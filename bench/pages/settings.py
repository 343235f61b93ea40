"""The product's settings, and the bare page beside it."""

from gongjian.config.settings import *  # noqa: F403
from gongjian.config.settings import TEMPLATES

ROOT_URLCONF = "bench.pages.urls"
TEMPLATES = [
    *TEMPLATES,
    {  # the bare page has the framework's own engine, as a fresh project has
        "NAME": "bare",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE.parents[1] / "bench" / "pages" / "templates"],  # noqa: F405
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    },
]
BARE_MIDDLEWARE = [  # what a fresh project has, of it what the page needs
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
