"""Settings, small and taken from the environment. `bin/manage diffsettings` shows what is in force.

ALONGSIDE_DATA    the data folder (default ./var)
ALONGSIDE_DEMO    1: invented people, key beside the data
ALONGSIDE_DATABASE        postgresql://role@host/database (default: an encrypted file in the data folder)
ALONGSIDE_DATABASE_OWNER  the same for the role that owns the tables; for commands that migrate, never for the server
ALONGSIDE_DATABASE_POOLED  1: a pool at that address hands connections round, so nothing is prepared on them
ALONGSIDE_KEY     the database key, 64 hex digits (default: a key file outside the data folder)
ALONGSIDE_SECRET  what cookies are signed with (default: a file in the data folder)
ALONGSIDE_SIGNER  where the log's signer keeps its key and memory (default: beside the database key's file)
ALONGSIDE_LOG_EVERY  seconds between two checkpoints of the log (default 3600; the demo 60)
ALONGSIDE_ORIGIN  the address people use, such as https://alongside.example.org (default: this machine only)
ALONGSIDE_PROVIDER  the municipality's identity provider; what belongs to it stands in provider.py
ALONGSIDE_LEAKED  a sorted file of SHA-1 sums of passwords known from leaks (default: none)
ALONGSIDE_MEASURES  where the numbers for whoever watches the machine are written (default: measures.prom in the data)
ALONGSIDE_DEBUG   1: developers only; pages of errors show content
ALONGSIDE_PLAIN_STATIC  1: files of the look without hashed names (tests)
"""

import os
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from alongside.site import environment, keys, office, provider, stores

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("ALONGSIDE_DATA") or "var").resolve()
environment.open_folder(DATA)
DEMO = environment.demo(os.environ, DATA)
DEBUG = os.environ.get("ALONGSIDE_DEBUG") == "1"
ORIGIN = environment.origin(os.environ)
PLAIN_STATIC = os.environ.get("ALONGSIDE_PLAIN_STATIC") == "1"
MEASURES = Path(os.environ.get("ALONGSIDE_MEASURES") or DATA / "measures.prom")
SECRET_KEY = keys.signing_secret(DATA)
ERASURES = keys.erasures_place(DATA, DEMO)
OFFICE = office.read(DATA)  # what `alongside init` wrote; the demo has none

# Rooms, from the roof down (docs/house).
ROOMS = [
    "trials",
    "learning",
    "followup",
    "decisions",
    "assessment",
    "help",
    "teams",
    "concerns",
    "promises",
    "rules",
    "dialogue",
    "families",
    "access",
    "record",
]
# In and out: one folder each, and each can be taken away.
EXCHANGES = sorted(place.parent.name for place in (PACKAGE / "exchange").glob("*/apps.py"))
INSTALLED_APPS = [
    *(f"alongside.exchange.{name}" for name in EXCHANGES),
    *(f"alongside.{room}" for room in ROOMS),
    *(["alongside.cast"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "access.Account"
LEAKED = Path(os.environ["ALONGSIDE_LEAKED"]) if os.environ.get("ALONGSIDE_LEAKED") else None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "alongside.site.measures.Counted",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.site.middleware.QuietHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "alongside.access.middleware.RefusedMiddleware",
    "alongside.access.wrong.HonestErrors",
    "alongside.access.middleware.VisitMiddleware",
    "alongside.access.middleware.LeavingMiddleware",
    "alongside.access.wrong.SealedMiddleware",
    "alongside.access.wrong.ClosedMiddleware",
    "alongside.access.middleware.LookingMiddleware",
    "alongside.doors.practice.writing.handed.HandedOver",
]
CSRF_FAILURE_VIEW = "alongside.access.wrong.forged"
ROOT_URLCONF = "alongside.site.urls"
WSGI_APPLICATION = "alongside.site.wsgi.application"

DATABASE = os.environ.get("ALONGSIDE_DATABASE", "")
DATABASES = {
    # Invented people never leave their folder.
    "default": stores.at_address(
        DATABASE, os.environ.get("ALONGSIDE_DATABASE_OWNER", ""), os.environ.get("ALONGSIDE_DATABASE_POOLED") == "1"
    )
    if DATABASE and not DEMO
    else stores.in_file(DATA, DEMO)
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(PACKAGE.glob("**/templates")),
        "APP_DIRS": False,
        "OPTIONS": {"environment": "alongside.site.jinja.environment", "auto_reload": DEBUG},
    },
]

USE_TZ = True
TIME_ZONE = OFFICE.zone
OFFICE_ZONE = OFFICE.clock
LANGUAGE_CODE = OFFICE.languages[0]
_CALLED = {"en": _("English"), "nb": _("Norwegian Bokmål")}
LANGUAGES = [(one, _CALLED[one]) for one in OFFICE.languages]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = sorted(PACKAGE.glob("*/static"))
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Texts reach a million characters; three bytes each when they are percent-encoded, and some room.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

SECURE = ORIGIN.startswith("https://")
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname] if ORIGIN else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
# Names that say nothing of what runs here. Lax, so that a link in a letter finds its reader signed in.
SESSION_ENGINE = "alongside.access.sessions"
SESSION_COOKIE_NAME = "__Host-a" if SECURE else "a"
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the phone may be shared
SESSION_COOKIE_AGE = 12 * 3600  # seconds, at most
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-b" if SECURE else "b"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_NAME = "__Host-c" if SECURE else "c"

SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing is sent to other sites. Not "no-referrer": with it browsers send forms with "Origin: null",
# and the guard against forged forms has to refuse them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"reticent": {"()": "alongside.site.logs.ReticentFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "reticent"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "alongside": {"level": "INFO"},
        # "Not Found" and its kind say only what strangers typed.
        "django.request": {"level": "ERROR", "handlers": ["stderr"], "propagate": False},
        "django.server": {"level": "ERROR", "handlers": ["stderr"], "propagate": False},
    },
}

# What waits before the record receives it, in seconds (docs/record: settling).
SETTLES = {"staff": 15, "family": 15} if DEMO else {"staff": 600, "family": 60}
# Numbers to ring, as (number, words); a site writes its own. The demo's begin with 000: no real number does.
HELP_LINES = [("000 00 113", _("Duty line, evening and night"))] if DEMO else []
OFFICE_LINE = "000 00 100" if DEMO else OFFICE.line
OFFICE_NAME = OFFICE.name
PROVIDER = provider.read(os.environ)  # for those who work here; None for none

# When the log takes in what was received and is signed, in seconds, and who signs it (docs/log).
LOG_EVERY = environment.log_every(os.environ, 60 if DEMO else 3600)
LOG_SIGNER = partial(
    keys.log_signer, DATA, DEMO, "alongside.example" if DEMO else urlsplit(ORIGIN).hostname or "alongside.invalid"
)
