"""The floors: what Flask alone does, and what it does once it loads the signed-in user."""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask, render_template_string
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from lms.core.settings import Settings

PAGE = """\
<!doctype html>
<html lang="es"><head><meta charset="utf-8"><title>Hola</title></head>
<body><h1>Hola{{ name }}</h1></body></html>
"""


class Base(DeclarativeBase):
    """Tables of the floor, apart from the product's."""


class User(UserMixin, Base):  # type: ignore[misc]  # Flask-Login has no types
    """The product's table of people, as a small application would map it."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    given_names: Mapped[str]
    first_surname: Mapped[str]
    email: Mapped[str | None]


def bare() -> Flask:
    """Return a Flask application with one page and nothing else."""
    app = Flask(__name__)

    @app.get("/")
    def index() -> str:
        return render_template_string(PAGE, name="")

    return app


def with_user() -> Flask:
    """Return a Flask application whose page loads the signed-in user with Flask-Login and Flask-SQLAlchemy."""
    settings = Settings.from_env()
    app = Flask(__name__)
    app.config.update(SECRET_KEY=str(settings.secret_key), SQLALCHEMY_DATABASE_URI=settings.database_url)
    db = SQLAlchemy(app, model_class=Base)
    manager = LoginManager(app)

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(user_id: str) -> User | None:
        return db.session.get(User, UUID(user_id))

    @app.get("/")
    @login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def index() -> str:
        return render_template_string(PAGE, name=f", {current_user.given_names}")

    return app


def session_cookie(app: Flask, user_id: str) -> str:
    """Return the cookie of a browser in which this user is signed in, as a Cookie header carries it."""
    values: Mapping[str, object] = {"_user_id": user_id, "_fresh": True}
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        message = "the application has no secret key"
        raise RuntimeError(message)
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(values)}"
