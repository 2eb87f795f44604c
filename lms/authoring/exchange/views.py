"""Pages to carry courses in and out."""

from flask import Blueprint

bp = Blueprint("exchange", __name__, url_prefix="/authoring/exchange", template_folder="templates")
