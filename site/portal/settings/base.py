"""Settings that every installation shares. What differs comes from the environment."""

from pathlib import Path

from django.utils.csp import CSP
from django_countries.data import COUNTRIES

from accounts.countries import translated_names

from . import environment as env

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(env.text("DATA_DIR", str(ROOT / "var")))

INSTALLED_APPS = [
    "portal",
    "pages",  # before the apps with page types: modeltranslation registers base models first
    "programmes",
    "courses",
    "assessments",
    "certificates",
    "translation",
    "accounts",
    "modeltranslation",
    "wagtail.contrib.settings",
    "accounts.apps.EditorUsersConfig",  # wagtail.users with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django_countries",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # Wagtail's search check asks for it on PostgreSQL
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a weak line gains more than the millisecond it costs
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portal.security.SecurityHeadersMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "portal.forms.AulaFormRenderer"

DATABASES = {"default": env.database("DATABASE_URL", embedded=DATA / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.address("CACHE_URL", {"redis", "rediss", "locmem"}, "locmem://")
CACHES: dict[str, dict[str, object]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
        if CACHE_URL.startswith("locmem")
        else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30  # "Stay signed in on this device for 30 days"
SESSION_COOKIE_NAME = "aula_session"
CSRF_COOKIE_NAME = "aula_csrf"
LANGUAGE_COOKIE_NAME = "aula_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation." + name}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "courses:my_learning"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # allauth checks them; its sign-up page is closed
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True  # one address only: the new one replaces the old when confirmed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "request_login_code": "accounts.forms.sign_in.RequestCodeForm",
    "confirm_login_code": "accounts.forms.sign_in.EnterCodeForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmPasswordForm",
    "reset_password": "accounts.forms.sign_in.RequestResetForm",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "accounts.forms.sign_in.FirstPasswordForm",
    "add_email": "accounts.forms.sign_in.ChangeEmailForm",
}
# A whole class may sit behind one address, so the limits per address are wide and those per account
# narrow. Counted in the cache: with several machines they need a shared one (CACHE_URL).
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/10m/key",
    "request_login_code": "30/m/ip,3/10m/key",
    "apply": "60/h/ip,3/h/key",
    "confirm_application": "60/m/ip",
    "accept_invitation": "60/m/ip",
    "room_password": "10/5m/user",
}
COUNTRIES_OVERRIDE = translated_names(set(COUNTRIES))
# The editor uses our sign-in page, our names and our passwords.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# --- languages ------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("pt", "Português"),
    ("fr", "Français"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
]
LOCALE_PATHS = [ROOT / "locales"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField", "LessonField")
# Readers' pages fall back to the record's own source language (`translation.reading`); this chain is
# the safety net of the editor's screens, where any language beats an empty line.
MODELTRANSLATION_FALLBACK_LANGUAGES = MODELTRANSLATION_LANGUAGES

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = env.text("SITE_NAME", "Judicial Learning")
WAGTAIL_PAGE_MODEL = "pages.BasePage"
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_BASE_URL = env.address("SITE_URL", {"http", "https"}, "http://localhost:8000")
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True  # nothing unread is published after a review
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.publishing.publish_reviewed"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "txt",
    "vtt",
    "mp4",
    "webm",
    "mp3",
    "m4a",
    "ogg",
]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "gif", "avif", "svg"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.vector.PictureForm"  # looks into SVG files
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
TAGGIT_CASE_INSENSITIVE = True

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
MEDIA_BUCKET = env.text("MEDIA_BUCKET", "")
_media: dict[str, object] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if MEDIA_BUCKET:
    _media = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_BUCKET,
            "endpoint_url": env.address("MEDIA_ENDPOINT", {"https", "http"}, "") or None,
            "region_name": env.text("MEDIA_REGION", "") or None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
# Certificates and the like: never under MEDIA_URL; in a bucket, apart from the public files.
_private: dict[str, object] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": DATA / "private", "base_url": None},
}
if MEDIA_BUCKET:
    _private = {**_media, "OPTIONS": {**_media["OPTIONS"], "location": "private"}}  # type: ignore[dict-item]
STORAGES: dict[str, dict[str, object]] = {
    "default": _media,
    "private": _private,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor sends many

# --- mail -----------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Judicial Learning <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
DEMO_MAIL_FOLDER = DATA / "mail"

# --- work that takes longer than a request ----------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- safety ---------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# pictures of lessons come from the bucket, where there is one, by addresses that it has signed
_pictures = [CSP.SELF, *([env.address("MEDIA_ORIGIN", {"https"}, "")] if MEDIA_BUCKET else [])]
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [origin for origin in _pictures if origin],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# an SVG picture opened by itself is a page of this site: it may draw, and nothing else
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

# --- the institute --------------------------------------------------------------------------
INSTITUTE_NAME = env.text("INSTITUTE_NAME", WAGTAIL_SITE_NAME)
HELP_EMAIL = env.text("HELP_EMAIL", "help@example.org")
# a folder, or the address of a PKCS#11 token; private keys are nowhere else
CERTIFICATE_KEYS = env.text("CERTIFICATE_KEYS", str(DATA / "keys"))
DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # two lines for every saved page say nothing; failures still do
    "loggers": {name: {"level": "WARNING"} for name in ("django.tasks", "pikepdf", "wagtail")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
