"""The blueprint that every page of series joins."""

from flask import Blueprint

bp = Blueprint("series", __name__, template_folder="../templates")
