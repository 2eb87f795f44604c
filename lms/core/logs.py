"""Logs: one line per event with the id of the request, which error pages show too."""

import logging
import secrets

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

from lms.core.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s"


class _RequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() if has_request_context() else "-"
        return True


def request_id() -> str:
    """Return the id of this request: eight characters that a person can read over the phone."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4).upper()
    return str(g.request_id)


def init_logs(app: Flask, settings: Settings) -> None:
    """Write logs to standard error with the request's id; answer with it in ``X-Request-Id``."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(_RequestId())
    logger = logging.getLogger("lms")
    if not settings.testing and not logger.handlers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    app.after_request(_answer_with_id)


def _answer_with_id(response: Response) -> Response:
    if request.endpoint != "static":
        response.headers["X-Request-Id"] = request_id()
    return response
