"""All settings. Everything local comes from the environment; docs/settings.md describes each variable (tested)."""

from pathlib import Path

from yichuang import __version__
from yichuang.documents.rules import CASE_NUMBER as DEFAULT_CASE_NUMBER
from yichuang.documents.rules import PAPER_NUMBER as DEFAULT_PAPER_NUMBER
from yichuang.documents.rules import checked_case_template, checked_paper_template
from yichuang.kit.keyring import Keyring
from yichuang.lib.environment import env_bool, env_int, env_list, env_path, env_str
from yichuang.project.databases import database_from_url
from yichuang.project.event_words import WORDS
from yichuang.staff.rules import holders

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent

VERSION = __version__
DATA_DIR = env_path("YICHUANG_DATA_DIR", Path.cwd() / "var")
ASSETS_DIR = env_path("YICHUANG_ASSETS_DIR", CHECKOUT / "node_modules")
PUBLIC_URL = env_str("YICHUANG_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
THREADS = env_int("YICHUANG_THREADS", 4, least=1)
WEB_PROCESSES = env_int("YICHUANG_WEB_PROCESSES", 2, least=1)
# Local practice, not law: days until the reminder where no limit is published; days from which a case shows yellow.
FALLBACK_DAYS = env_int("YICHUANG_FALLBACK_DAYS", 20, least=1)
WARNING_DAYS = env_int("YICHUANG_WARNING_DAYS", 1, least=0)
WARNING_PERCENT = env_int("YICHUANG_WARNING_PERCENT", 20, least=0)
# Who knows what a change of the working-day calendar would move (adapters of calendars.ports).
CALENDAR_EFFECTS = ["yichuang.deadlines.queries.moved_by"]
IDLE_MINUTES = env_int("YICHUANG_IDLE_MINUTES", 30, least=1)
CASE_NUMBER = checked_case_template(env_str("YICHUANG_CASE_NUMBER", DEFAULT_CASE_NUMBER))
PAPER_NUMBER = checked_paper_template(env_str("YICHUANG_PAPER_NUMBER", DEFAULT_PAPER_NUMBER))
LARGEST_FILE = env_int("YICHUANG_LARGEST_FILE_MB", 50, least=1) * 1024 * 1024

KEYRING = Keyring(env_path("YICHUANG_KEYS_FILE", DATA_DIR / "keys.json"))
SECRET_KEY = env_str("YICHUANG_SECRET_KEY", "") or KEYRING.web_secret
DEBUG = env_bool("YICHUANG_DEBUG", default=False)
ALLOWED_HOSTS = env_list("YICHUANG_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("YICHUANG_TRUSTED_ORIGINS", [])
SECURE_COOKIES = PUBLIC_URL.startswith("https://")

DATABASE_URL = env_str("YICHUANG_DATABASE_URL", f"sqlite:///{DATA_DIR / 'yichuang.sqlite3'}")
DATABASES = {"default": database_from_url(DATABASE_URL, threads=THREADS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

OWN_MODULES = [
    "lib", "kit", "ledger", "accounts", "calendars", "files", "search", "places", "deadlines", "parties", "documents",
    "catalogue", "staff", "cases", "portal", "workbench", "demo", "project",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    *(f"yichuang.{name}" for name in OWN_MODULES),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yichuang.kit.security.SecurityHeaders",
    "yichuang.kit.nul.RefuseNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yichuang.project.identity.Identity",
    "yichuang.kit.guard.GuardMiddleware",
]
ROOT_URLCONF = "yichuang.project.urls"
WSGI_APPLICATION = "yichuang.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "yichuang.project.jinja.environment"},
    },
]

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/login"
PASSWORD_URL = "/password"  # noqa: S105 - an address
# Who may do what, in words for people; kit says it on the page that refuses.
PERMISSION_HOLDERS = holders()
# What the ledger's pages call each kind of event.
EVENT_WORDS: dict[str, str] = WORDS
# Sessions end when nobody is there (project/identity.py); this is the longest a browser keeps one that is in use.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_FAILURE_VIEW = "yichuang.kit.guard.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = env_str("YICHUANG_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    (prefix, str(folder))
    for prefix, folder in [
        ("bootstrap", ASSETS_DIR / "bootstrap" / "dist"),
        ("bootstrap-icons", ASSETS_DIR / "bootstrap-icons" / "font"),
    ]
    if folder.is_dir()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env_str("YICHUANG_LOG_LEVEL", "WARNING")},
}
