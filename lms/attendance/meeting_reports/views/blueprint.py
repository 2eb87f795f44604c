"""The blueprint that every page of reports of calls joins."""

from flask import Blueprint

bp = Blueprint("meeting_reports", __name__, url_prefix="/attendance", template_folder="../templates")
