"""The application: a Flask whose every view runs in one unit of work, built from declarations."""

from datetime import timedelta
from pathlib import Path
from types import ModuleType

from flask import Flask, request, session
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.exc import IntegrityError
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.core import sqlite
from lms.core.context import MAILER, SETTINGS, STORAGE
from lms.core.db import db, prepare_engine, unit_of_work
from lms.core.i18n import init_i18n
from lms.core.logs import init_logs
from lms.core.mail import mailer_for
from lms.core.policy import POLICY, Policy, is_reads_only
from lms.core.settings import Settings
from lms.core.storage import LocalStorage

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MEGABYTE = 1024 * 1024


class LMS(Flask):
    """A Flask whose every view runs in one unit of work."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view in a transaction: returning commits, raising rolls back.

        When two requests race for one row the loser's constraint is violated; it runs once more, sees the
        winner's row and takes the branch for "already there".
        """
        if request.endpoint == "static":
            return super().dispatch_request()
        before = dict(session)
        view = self.view_functions.get(request.endpoint or "")
        read_only = request.method in SAFE_METHODS or is_reads_only(view)
        try:
            with unit_of_work(read_only=read_only):
                return super().dispatch_request()
        except IntegrityError:
            session.clear()
            session.update(before)
            for file in request.files.values():
                file.stream.seek(0)
            with unit_of_work(read_only=read_only):
                return super().dispatch_request()


def bare_app(settings: Settings, package: ModuleType) -> LMS:
    """Return the application with its mechanism and no feature yet."""
    app = LMS(package.__name__, root_path=str(Path(str(package.__file__)).parent), static_folder="web/static")
    setattr(app.view_functions["static"], POLICY, Policy(reason="files that every page needs"))
    app.config.update(_config(settings))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions[SETTINGS] = settings
    app.extensions[STORAGE] = LocalStorage(settings.data_dir / "files")
    app.extensions[MAILER] = mailer_for(settings)
    init_logs(app, settings)
    _init_database(app, settings)
    CSRFProtect(app)
    Compress(app)
    init_i18n(app, timezone=settings.timezone)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way to wrap itself
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    return app


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": str(settings.secret_key),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "SESSION_COOKIE_NAME": "__Host-ruta" if settings.is_https else "ruta",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_NAME": "__Host-ruta-stay" if settings.is_https else "ruta-stay",
        "REMEMBER_COOKIE_SECURE": settings.is_https,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "MAX_CONTENT_LENGTH": 20 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "WTF_CSRF_TIME_LIMIT": None,
        "TRUSTED_HOSTS": sorted(
            {settings.host.rsplit(":", 1)[0], "127.0.0.1", "localhost"}
            | {host.rsplit(":", 1)[0] for host in settings.former_hosts}
        ),
        # Cookies are SameSite=Lax, so another site cannot measure a signed-in page byte by byte (BREACH).
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],  # style sheets, scripts; by default no gzip
        "COMPRESS_LEVEL": 5,  # of gzip: the sixth takes a third more time for one byte in a hundred
        "COMPRESS_MIN_SIZE": 1000,
        "TESTING": settings.testing,
    }


def _engine_options(url: str) -> dict[str, object]:
    quiet = {"hide_parameters": True}  # a failing statement is logged without the people in it
    if url.startswith("sqlite"):
        arguments = {"timeout": 10, "check_same_thread": False}
        return {**quiet, "connect_args": arguments, "pool_size": 16, "pool_recycle": sqlite.RECONNECT_AFTER}
    return {**quiet, "pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}


def _init_database(app: Flask, settings: Settings) -> None:
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(
            mode=0o700, parents=True, exist_ok=True
        )
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
