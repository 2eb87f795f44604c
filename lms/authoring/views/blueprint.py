"""The blueprint that every page of authoring joins."""

from flask import Blueprint

bp = Blueprint("authoring", __name__, url_prefix="/authoring", template_folder="../templates")
