"""Every setting, from the environment only. `NAME_FILE` names a file that holds the value of `NAME`.

A missing or unreadable variable says what to set; docs/operating.md explains each one.
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from border import embedded

BASE_DIR = Path(__file__).resolve().parents[1]


def environ(name: str, default: str | None = None) -> str:
    """The environment variable ``name``, or the content of the file that ``NAME_FILE`` names, or ``default``."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {file}, which cannot be read: {error.strerror}."
            ) from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name}; .env.example says to what, and docs/operating.md why.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Whether the variable ``name`` is switched on: 1, true, yes or on."""
    return environ(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """The comma-separated words of the variable ``name``."""
    return [word.strip() for word in environ(name, default).split(",") if word.strip()]


def rate(name: str, text: str) -> int:
    """How many a minute ``text`` says, which is the value of the variable ``name``."""
    if not text.isdecimal() or int(text) > 1_000_000:
        raise ImproperlyConfigured(
            f"{name} is {text!r}: set it to how many a minute, at most 1000000; 0 is any number."
        )
    return int(text)


def networks(name: str, given: list[str]) -> tuple[str, ...]:
    """The networks that the variable ``name`` lists: ``10.0.0.0/8``, or a single address."""
    for network in given:
        try:
            ip_network(network)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} lists {network!r}, which is no network ({error}): write 10.0.0.0/8, or an address."
            ) from error
    return tuple(given)


def kept_secret() -> str:
    """The key kept in BORDER_DATA, made at the first start: good for one machine."""
    kept = BORDER_DATA / "secret-key"
    try:
        embedded.make_folder(BORDER_DATA)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in {kept} ({error.strerror}). Set SECRET_KEY, or BORDER_DATA to a writable folder."
        ) from error
    return kept.read_text(encoding="utf-8")


BORDER_DATA = embedded.folder()
DEBUG = flag("DEBUG", default=False)
SECRET_KEY = environ("SECRET_KEY", "") or kept_secret()
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # our own site below takes the place of Unfold's
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "procrastinate.contrib.django",  # before ours, which leaves its pages out of the admin
    "border",
    "border.history",
    "border.jobs",
    "border.tokens",
    "border.publication",
    "border.curation",
    "border.imports",
    "border.links",
    "border.releases",
    "border.api",
    "sources",
    "territories",
    "actors",
    "events",
    "import_export",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "border.apps.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "border.security.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "border.security.HistoryMiddleware",
]

ROOT_URLCONF = "border.urls"
WSGI_APPLICATION = "border.wsgi.application"
FORM_RENDERER = "border.admin_renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "border" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Databases. Three roles: the owner migrates, the app edits (no DDL, history insert only), the reader sees the
# published record only. The web process runs as the app; commands run as the owner.
TIMEOUTS = {
    "owner": {},
    "app": {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "60s"},
    "reader": {"statement_timeout": "5s", "lock_timeout": "2s", "idle_in_transaction_session_timeout": "10s"},
}


def database(role: embedded.Role) -> dict[str, Any]:
    """The connection of a role: its own URL, else that of DATABASE_URL in that role, else the embedded server's."""
    shared, own = environ("DATABASE_URL", ""), environ(f"DATABASE_{role.upper()}_URL", "")
    address = embedded.url(role) if not shared and not own else own or shared
    settings = dict(TIMEOUTS[role])
    if role == "reader":
        # A list and the name of the state that it is of are read at one moment, in one transaction or sent as one.
        settings["default_transaction_isolation"] = r"repeatable\ read"
    if shared and not own and role != "owner":
        settings["role"] = f"border_{role}"
    parsed: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {urlsplit(address).scheme}://; border runs on PostgreSQL only: postgresql://user@host/name"
        )
    options = parsed.setdefault("OPTIONS", {})
    given = options.get("options", "")
    options["options"] = " ".join(
        [given, *(f"-c {name}={value}" for name, value in settings.items())]
    ).strip()
    options.setdefault("connect_timeout", 10)
    return parsed


DATABASES = {
    "default": database("app" if environ("BORDER_DB_ROLE", "owner") == "app" else "owner"),
    # In tests both aliases are one connection, so that a request sees what its test wrote.
    "reader": {**database("reader"), "TEST": {"MIRROR": "default"}},
}
DATABASE_ROUTERS = ["border.routing.OneSchema"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History.
PGHISTORY_APPEND_ONLY = False  # by grants: the app role may insert history and nothing else
PGTRIGGER_MIGRATIONS = True

# Jobs: work outside of requests. Modules that register their kinds.
JOB_MODULES = ["border.imports.jobs", "border.links.jobs", "border.releases.jobs"]
# What may take long takes long; what hangs ends. In the place of those of the role, while a job is done.
JOB_TIMEOUTS = {
    "statement_timeout": "30min",
    "lock_timeout": "60s",
    "idle_in_transaction_session_timeout": "10min",
}
# Seconds. A worker tells that it lives; its jobs go to another when it has not for so long. Less than three times the
# one is a job done by two, of which the second is in vain. Sweeps begin at these seconds of every minute.
JOB_HEARTBEAT = 10
JOB_STALLED_AFTER = 30
JOB_SWEEPS = "*/15"
# How long a job may go on once its worker is to end; then it is given back.
JOB_GRACE = 5
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = (
    ""  # the worker imports what it needs; the web process needs none of it
)

# People.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"

# The admin's skin.
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "border",
    "SITE_HEADER": "border",
    "SITE_SUBHEADER": "Bukamal – Qa'im",
    "SITE_SYMBOL": "fence",
    "SITE_URL": "/api/v1/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "border.admin_site.favicon"}],
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [
        "border.admin_site.pieces",
        "border.admin_site.sameness",
        "border.admin_site.lists",
        "border.admin_site.style",
        "border.admin_site.review",
        "border.admin_site.skin",
    ],
    "SCRIPTS": ["border.admin_site.reach"],
    "COLORS": {
        "primary": {
            "50": "#f0f6fa", "100": "#dcebf4", "200": "#bdd6ea", "300": "#8fb9da", "400": "#67a5d6", "500": "#3d84bd",
            "600": "#2b6ea6", "700": "#235a89", "800": "#204c72", "900": "#1f4060", "950": "#142a40",
        }
    },
    "SIDEBAR": {"show_search": True, "navigation": "border.admin_site.sidebar"},
}  # fmt: skip

# Languages and time.
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = BORDER_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "border" / "static"]
MEDIA_ROOT = BORDER_DATA / "media"
MEDIA_URL = ""
RELEASES_ROOT = BORDER_DATA / "releases"
STORAGES = {
    # Archived copies are shown to staff only, by a page of the admin.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"base_url": "/admin/kept/"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Transport and browser safety. HTTPS=1 behind a proxy that speaks it.
HTTPS = flag("HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "border.admin_kept.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing leaves the site; within it the browser must name the origin of a form, or every one is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The read API: how many questions a minute one address may ask, and one token. Whose word on the address is taken.
API_RATE = rate("BORDER_API_RATE", environ("BORDER_API_RATE", "600"))
API_TOKEN_RATE = rate("BORDER_API_TOKEN_RATE", environ("BORDER_API_TOKEN_RATE", "6000"))
PROXIES = networks("BORDER_PROXIES", words("BORDER_PROXIES", ""))

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "border",
    "DESCRIPTION": "Who holds, crosses and contests the border between Bukamal (Syria) and Qa'im (Iraq).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Vocabularies stay where they are used: hoisted, those of the many fields called kind clash.
    "POSTPROCESSING_HOOKS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environ("LOG_LEVEL", "INFO")},
    "loggers": {"procrastinate": {"level": "WARNING"}},  # the worker says itself what it does
}
