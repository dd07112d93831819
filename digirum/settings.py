"""The one settings file: typed, read from the environment alone, and loud when something is missing.

Every name that may be set is listed in ``docs/operating.md``.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env

env = Env()

# Where things are -----------------------------------------------------------------------------------------------------
PACKAGE = Path(__file__).resolve().parent
MODES = ("demo", "production", "test")
MODE: str = env.str("DIGIRUM_MODE", "demo")
if MODE not in MODES:
    raise ImproperlyConfigured(f"DIGIRUM_MODE is {MODE!r}. Set it to one of: {', '.join(MODES)}.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
TESTING = MODE == "test"
DEBUG = False
VAR: Path = Path(env.str("DIGIRUM_VAR", str(PACKAGE.parent / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

# Secrets --------------------------------------------------------------------------------------------------------------
DEMO_SECRET = "demo-secret-known-to-everyone-never-use-it-for-real-people"  # noqa: S105 - refused in production below
SECRET_KEY: str = env.str("DIGIRUM_SECRET_KEY", "" if PRODUCTION else DEMO_SECRET)
SECRET_KEY_FALLBACKS: list[str] = env.list("DIGIRUM_OLD_SECRET_KEYS", [])
if PRODUCTION and not SECRET_KEY:
    raise ImproperlyConfigured("Set DIGIRUM_SECRET_KEY to a long random text before you run Digirum in production.")
if PRODUCTION and (DEMO_SECRET in [SECRET_KEY, *SECRET_KEY_FALLBACKS] or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured(
        "DIGIRUM_SECRET_KEY is the demo's or shorter than 50 characters. Make one with: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'."
    )

# Who we are and where we answer ---------------------------------------------------------------------------------------
SITE_NAME: str = env.str("DIGIRUM_SITE_NAME", "Digidel")
CITY_NAME: str = env.str("DIGIRUM_CITY_NAME", "Helsingborg")
# The city's own colours: a style sheet below static/, loaded after the kit's. Empty: Helsingborg's, which the kit has in it.
THEME: str = env.str("DIGIRUM_THEME", "").strip("/")
if THEME and (not THEME.endswith(".css") or ".." in THEME or ":" in THEME):
    raise ImproperlyConfigured(
        f"DIGIRUM_THEME is {THEME!r}. Set it to the path of a style sheet below static/, such as "
        "base/css/theme-sjostad.css, or leave it empty for the kit's own colours."
    )
PORT: int = env.int("PORT", 8000)
ORIGIN: str = env.str("DIGIRUM_ORIGIN", "" if PRODUCTION else f"http://localhost:{PORT}").rstrip("/")
if PRODUCTION and not ORIGIN.startswith("https://"):
    raise ImproperlyConfigured(
        "Set DIGIRUM_ORIGIN to the address that people type, such as https://digidel.example.se."
    )
CONTACT_EMAIL: str = env.str("DIGIRUM_CONTACT_EMAIL", "digidel@example.org")
SECURITY_CONTACT: str = env.str("DIGIRUM_SECURITY_CONTACT", f"mailto:{CONTACT_EMAIL}")
ALLOWED_HOSTS: list[str] = env.list(
    "DIGIRUM_HOSTS",
    [urlsplit(ORIGIN).hostname or ""] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"],
)
CSRF_TRUSTED_ORIGINS = [ORIGIN]
# Addresses of proxies whose X-Forwarded-For is believed, and networks of the centres with wider guess limits.
TRUSTED_PROXIES: list[str] = env.list("DIGIRUM_TRUSTED_PROXIES", [])
CENTRE_NETWORKS: list[str] = env.list("DIGIRUM_CENTRE_NETWORKS", [])

# Apps -----------------------------------------------------------------------------------------------------------------
ROOMS = [f"digirum.{room}" for room in ("base", "journal", "people", "notices", "topics", "place", "events", "front")]
INSTALLED_APPS = [
    "modeltranslation",
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.users",
    "wagtail.search",  # without it no picture can be saved
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.postgres",  # what wagtail.search needs on PostgreSQL
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "people.Person"
ROOT_URLCONF = "digirum.urls"
WSGI_APPLICATION = "digirum.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "digirum.base.requests.RequestMiddleware",  # request id, client address, logs
    "digirum.base.pagecache.PageCacheMiddleware",  # answers before all that follows (and wsgi.py asks it before Django)
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "digirum.base.compression.CompressionMiddleware",
    "digirum.base.views.errors.MaintenanceMiddleware",
    "digirum.base.routing.StickyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "digirum.base.languages.LanguageMiddleware",
    "digirum.base.views.errors.WrongMethodMiddleware",
    "digirum.base.reading.ReadingMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "digirum.people.sessions.SessionLimitMiddleware",
    "digirum.people.strength.StrengthMiddleware",  # roles sleep after a weak sign-in
    "digirum.people.profile_reading.ProfileReadingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "digirum.base.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "digirum.base.templatetags.ui",
                "digirum.base.templatetags.words",
            ],
        },
    },
]

# Database -------------------------------------------------------------------------------------------------------------
DATABASE_URL: str = env.str("DATABASE_URL", f"sqlite:///{VAR / 'digirum.sqlite3'}")
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-64000; "
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864;"
)


def database(address: str) -> dict[str, Any]:
    """Django's settings for the database at an address."""
    if address.startswith("sqlite:///"):
        return {
            "ENGINE": "digirum.base.sqlite3",
            "NAME": address.removeprefix("sqlite:///"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like sqlite:///path/to/file or postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": False if TESTING else {"min_size": 1, "max_size": env.int("DIGIRUM_DB_POOL", 8)}},
    }


DATABASES: dict[str, dict[str, Any]] = {"default": database(DATABASE_URL)}
# A copy that follows the primary, for reads; whoever has just written reads the primary (digirum.base.routing).
DATABASE_REPLICA_URL: str = env.str("DATABASE_REPLICA_URL", "")
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = {**database(DATABASE_REPLICA_URL), "TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["digirum.base.routing.Router"]

# Cache: memory for one process, Valkey (or Redis) where there are several -----------------------------------------------
VALKEY_URL: str = env.str("VALKEY_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": VALKEY_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0},
    }
    if VALKEY_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "digirum",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What each process counts by itself while the shared cache is away.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "digirum-local",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}
# Public pages: bytes of memory in each process, whether processes share them, and whose visitors get pages of their own.
PAGE_CACHE_BYTES: int = env.int("DIGIRUM_PAGE_CACHE_MB", 32) * 1024 * 1024
PAGE_CACHE_SHARED = bool(VALKEY_URL)
PAGE_CACHE_BYPASS_COOKIES = ["nyckel", "messages"]
# Closed for maintenance: pages answer 503.
MAINTENANCE: bool = env.bool("DIGIRUM_MAINTENANCE", False)
MAINTENANCE_FILE = VAR / "maintenance"

# Tasks: a queue in the database -----------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# Mail -------------------------------------------------------------------------------------------------------------------
# smtp://user:password@host:587?tls=1; without it mail is written to files under VAR, where the demo can read it.
EMAIL_URL: str = env.str("EMAIL_URL", "")
DEFAULT_FROM_EMAIL: str = env.str("DIGIRUM_FROM_EMAIL", CONTACT_EMAIL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_mail = urlsplit(EMAIL_URL)
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _mail.hostname,
            "port": _mail.port or 25,
            "username": unquote(_mail.username or ""),
            "password": unquote(_mail.password or ""),
            "use_tls": "tls=1" in _mail.query,
            "use_ssl": _mail.scheme == "smtps",
            "timeout": 20,
        },
    }
    if EMAIL_URL
    else {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(VAR / "mail")}}
}

# Languages and time -----------------------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE: str = env.str("DIGIRUM_TIME_ZONE", "Europe/Stockholm")
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("sv-simple", "Lättläst svenska"), ("en", "English"), ("ar", "العربية")]
LANGUAGES_BIDI = ["ar"]
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "sv"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("sv",)
MODELTRANSLATION_CUSTOM_FIELDS = ()
WAGTAIL_I18N_ENABLED = False
FIRST_DAY_OF_WEEK = 1

# Files ------------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "digirum.base.stylesheet.StylesheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Sign-in and sessions (the limits are those of docs/trust.md) -----------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "digirum.people.backends.KeyBackend",
    "digirum.people.backends.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "front:my_page"
LOGOUT_REDIRECT_URL = "front:home"
SESSION_ENGINE = "digirum.people.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = PAGE_CACHE_BYPASS_COOKIES[0]
CSRF_COOKIE_NAME = "skydd"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "digirum.base.views.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "unused-language-cookie"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
MFA_ADAPTER = "digirum.people.adapters.MFAAdapter"
ACCOUNT_ADAPTER = "digirum.people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "digirum.people.adapters.SocialAccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ORIGIN.startswith("https") else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
# The city's single sign-on (OpenID Connect): empty address means none.
OIDC_SERVER: str = env.str("DIGIRUM_OIDC_SERVER", "")
OIDC_ROLE_CLAIM: str = env.str("DIGIRUM_OIDC_ROLE_CLAIM", "groups")
OIDC_ROLES: dict[str, str] = env.dict("DIGIRUM_OIDC_ROLES", {})
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "staden",
                "name": env.str("DIGIRUM_OIDC_NAME", CITY_NAME),
                "client_id": env.str("DIGIRUM_OIDC_CLIENT", ""),
                "secret": env.str("DIGIRUM_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER, "token_auth_method": "client_secret_basic"},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

# Security headers -------------------------------------------------------------------------------------------------------
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Back office ------------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = ORIGIN
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_CREATION_FORM = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "base.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "digirum.front.picture_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # what is shown is always drawn anew
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Logs: JSON to standard output ------------------------------------------------------------------------------------------
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "digirum.base.logs.formatter",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    # Django's own loggers hand all they have to say to the root.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": env.str("DIGIRUM_LOG_LEVEL", "WARNING" if not PRODUCTION else "INFO")},
}
