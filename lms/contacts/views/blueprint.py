"""The blueprint of the directory of contacts."""

from flask import Blueprint

bp = Blueprint("contacts", __name__, template_folder="../templates")
