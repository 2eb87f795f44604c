"""The blueprint that the pages share."""

from flask import Blueprint

bp = Blueprint("progress", __name__, url_prefix="/progress", template_folder="../templates")
