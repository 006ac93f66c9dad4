# SPDX-FileCopyrightText: 2026 Huisartsplek contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Django settings: what `variables.py` declares, put where Django and its apps look for it."""

import os
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from huisartsplek.config import log
from huisartsplek.config.choices import Addresses, Beacon, DatabaseRole, Environment
from huisartsplek.config.keys import local_keys
from huisartsplek.config.places import PACKAGE, default_data_dir
from huisartsplek.config.production import refuse_unsafe
from huisartsplek.config.values import DatabaseAddress, KeyRing
from huisartsplek.config.variables import declarations, read_variables
from huisartsplek.rules.tongues import Direction, Tongue

VARIABLES = read_variables(os.environ)
ENVIRONMENT = VARIABLES.environment
IS_PRODUCTION = ENVIRONMENT is Environment.PRODUCTION
if IS_PRODUCTION:
    refuse_unsafe(VARIABLES)
DATA_DIR = VARIABLES.data_dir or default_data_dir()
if not IS_PRODUCTION:
    names = {declaration.name for declaration in declarations().values()}
    VARIABLES = read_variables(
        {**local_keys(DATA_DIR), **{name: os.environ[name] for name in names if os.environ.get(name)}}
    )

# Identity of this installation
DEBUG = VARIABLES.debug
DEMO = not IS_PRODUCTION if VARIABLES.demo is None else VARIABLES.demo
ORIGIN = VARIABLES.origin
_origin = urlsplit(ORIGIN)
_is_https = _origin.scheme == "https"
SECRET_KEY = VARIABLES.secret_key or ""
SECRET_KEY_FALLBACKS = list(VARIABLES.former_secret_keys)
ALLOWED_HOSTS = [_origin.hostname or "", *VARIABLES.hosts]
if not IS_PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "huisartsplek.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "csp",
    "huisartsplek.audit",
    "huisartsplek.accounts",
    "huisartsplek.notices",
    "huisartsplek.practices",
    "huisartsplek.people",
    "huisartsplek.enrolments",
    "huisartsplek.requests",
    "huisartsplek.rounds",
    "huisartsplek.desk",
    "huisartsplek.web",
    "huisartsplek.api",
]
if DEMO:
    INSTALLED_APPS.append("huisartsplek.demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "huisartsplek.config.middleware.VisitorAddress",
    "huisartsplek.config.middleware.RequestReference",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "huisartsplek.config.middleware.LanguageChoice",
    "huisartsplek.api.rest.middleware.ApiAnswers",
    "huisartsplek.config.middleware.ReadableText",
    "django.middleware.common.CommonMiddleware",
    "huisartsplek.web.errors.PlainRefusals",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huisartsplek.accounts.middleware.SessionLimits",
    "huisartsplek.desk.middleware.HelpAddress",
    "huisartsplek.web.languages.LanguageOfPage",
    "huisartsplek.accounts.middleware.DefaultDeny",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if DEMO:
    MIDDLEWARE.insert(0, "huisartsplek.demo.middleware.CountedQueries")

ROOT_URLCONF = "huisartsplek.config.urls"
WSGI_APPLICATION = "huisartsplek.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "huisartsplek.web.shell.shell",
            ],
        },
    }
]

# Database. Without an address the name of the host says what is missing, and every connection fails on it.
_NOWHERE = DatabaseAddress(
    host="database-url-is-not-set.invalid", port=5432, name="huisartsplek", user="hp_app", password=""
)
_application_address = VARIABLES.database_url or _NOWHERE
_owner_address = VARIABLES.database_owner_url or _application_address
_address = _owner_address if VARIABLES.database_role is DatabaseRole.OWNER else _application_address
APPLICATION_ROLE = _application_address.user
_database_options: dict[str, Any] = dict(_address.options)
if ENVIRONMENT is not Environment.TEST and VARIABLES.database_role is DatabaseRole.APPLICATION:
    _database_options["pool"] = {"min_size": 1, "max_size": VARIABLES.database_connections, "timeout": 10}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _address.host,
        "PORT": str(_address.port),
        "NAME": _address.name,
        "USER": _address.user,
        "PASSWORD": _address.password,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _database_options,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
WORKER_ALARM_SECONDS = VARIABLES.worker_alarm_seconds

# Who is who
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
CITIZEN_ISSUER = VARIABLES.citizen_issuer
CITIZEN_CLIENT_ID = VARIABLES.citizen_client_id
CITIZEN_CLIENT_SECRET = VARIABLES.citizen_client_secret or ""
CITIZEN_ASSURANCE = VARIABLES.citizen_assurance
STAFF_ISSUER = VARIABLES.staff_issuer
STAFF_CLIENT_ID = VARIABLES.staff_client_id
STAFF_CLIENT_SECRET = VARIABLES.staff_client_secret or ""
BSN_KEYS: KeyRing = VARIABLES.bsn_keys or KeyRing(())
BSN_LOOKUP_KEY = VARIABLES.bsn_lookup_key or ""
ADDRESSES = VARIABLES.addresses or (Addresses.PDOK if IS_PRODUCTION else Addresses.EXAMPLE)
ADDRESSES_URL = VARIABLES.addresses_url
BEACON = VARIABLES.beacon or (Beacon.DRAND if IS_PRODUCTION else Beacon.EXAMPLE)
BEACON_URL = VARIABLES.beacon_url
BEACON_SECRET = VARIABLES.beacon_secret

# Sessions and cookies
_cookie_prefix = "__Host-" if _is_https else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = f"{_cookie_prefix}hp-session"
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "huisartsplek.web.errors.csrf_failure"
CSRF_COOKIE_NAME = f"{_cookie_prefix}hp-csrf"
CSRF_COOKIE_SECURE = _is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = f"{_cookie_prefix}hp-language"
LANGUAGE_COOKIE_SECURE = _is_https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
TRUSTS_PROXY = VARIABLES.trusts_proxy
if TRUSTS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_PRODUCTION and _is_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
# To be on the browsers' preload list is for the owner of the domain to ask, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF, "blob:"],
    }
}

# Language and time: Dutch at source, English for everything, the others for whatever a citizen meets.
# One more language is one line here and one file in locale/ (see docs/languages.md).
TONGUES = (
    Tongue("nl", "Nederlands", is_complete=True, read_by="Huisartsplek"),
    Tongue("en", "English", is_complete=True, read_by="Huisartsplek"),
    Tongue("pl", "Polski"),
    Tongue("tr", "Türkçe"),
    Tongue("ar", "العربية", direction=Direction.RIGHT_TO_LEFT, on_paper=False),
    Tongue("uk", "Українська", on_paper=False),
)
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
LANGUAGE_CODE = "nl"
LANGUAGES = [(tongue.code, tongue.own_name) for tongue in TONGUES]
LOCALE_PATHS = [PACKAGE / "locale"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static" if IS_PRODUCTION else None
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Mail: our messages go through `integrations.notify`; Django itself sends none
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Log
LOGGING_CONFIG = None
log.configure(VARIABLES.log_level, with_messages=not IS_PRODUCTION)
