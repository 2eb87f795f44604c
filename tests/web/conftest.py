"""A throw-away application that has nothing but the look: templates are tested without the product."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, render_template, render_template_string, request
from flask.testing import FlaskClient
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.file import FileField
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.web.assets import STATIC_FOLDER, TEMPLATE_FOLDER
from lms.web.look import add_look
from lms.web.security import CSP


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Account:
    name: str = "Participante 014"
    initials: str = "P0"


@dataclass(frozen=True)
class Page:
    number: int = 2
    count: int = 22
    numbers: tuple[int | None, ...] = (1, 2, 3, None, 22)


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ExampleForm(FlaskForm):
    token = HiddenField()
    name = StringField(
        "Nombre completo", [InputRequired("Escriba su nombre")], description="Como en la constancia."
    )
    email = StringField("Correo", [InputRequired("Escriba un correo con arroba")])
    institution = SelectField(
        "Institución", [InputRequired("Elija una institución")], choices=[SelectChoice("", "Elija una")]
    )
    notes = TextAreaField("Notas", [Optional()])
    mode = RadioField(
        "Modalidad", choices=[SelectChoice("here", "Presencial"), SelectChoice("online", "En línea")]
    )
    languages = CheckboxesField(
        "Idiomas", [Optional()], choices=[SelectChoice("es", "Español"), SelectChoice("gn", "Guaraní")]
    )
    remember = BooleanField("Mantener la sesión", description="No lo marque en equipos compartidos.")
    day = DateField("Fecha", [Optional()])
    roster = FileField("Lista de personas", [Optional()])


CHROME: dict[str, Any] = {
    "nav_items": [Link("Mi aprendizaje", "/a", "route", is_current=True), Link("Cursos", "/b", "library")],
    "menu_items": [Link("Personas", "/p", "users")],
    "bottom_items": [Link("Inicio", "/a", "route", is_current=True), Link("Cursos", "/b", "library")],
    "footer_items": [Link("Ayuda", "/help")],
    "account": Account(),
    "show_case_button": True,
    "urls": {
        "home": "/",
        "case": "/case",
        "account": "/me",
        "help": "/help",
        "sign_in": "/in",
        "sign_out": "/out",
        "appearance": "/appearance",
        "language": "/language",
    },
}


PLAIN = """{% extends "layouts/page.html" %}
{% block title %}x{% endblock %}
{% block content %}<h1>x</h1>{% endblock %}
"""


@pytest.fixture(scope="session")
def look_app() -> Flask:
    """Return an application with the gallery, a page without context, and errors."""
    app = Flask("look", static_folder=str(STATIC_FOLDER), template_folder=str(TEMPLATE_FOLDER))
    app.config.update(SECRET_KEY="look", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=language, default_locale="es")
    CSRFProtect(app)
    add_look(app.jinja_env, language=language, timezone=lambda: ZoneInfo("America/Cancun"))
    app.after_request(add_policy)
    views = {
        "/gallery": gallery,
        "/plain": plain,
        "/list": plain,
        "/errors/<int:status>": error,
        "/fragment": fragment,
    }
    for path, view in views.items():
        app.add_url_rule(path, path.split("/")[1], view)
    return app


@pytest.fixture
def look(look_app: Flask) -> FlaskClient:
    """Return a browser of the throw-away application."""
    return look_app.test_client()


def language() -> str:
    return request.args.get("lang", "es")


def add_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    return response


def gallery() -> str:
    form = ExampleForm()
    form.validate()
    appearance = request.args.get("appearance", "auto")
    return render_template(
        "pages/gallery.html", **CHROME, form=form, page=Page(), lang=language(), appearance=appearance
    )


def plain() -> str:
    return render_template_string(PLAIN)


def error(status: int) -> str:
    context = {"status": status, "title": "Esta estación no existe", "sentence": "Su avance está guardado."}
    return render_template("errors/error.html", **CHROME, **context, code="not-found", request_id="7f2a")


def fragment() -> str:
    return render_template(
        "errors/_error.html", status=409, title="No", sentence="Ahora no.", request_id="7f2a"
    )
