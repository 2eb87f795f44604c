"""Private files on their way to whoever may have them."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from lms.core.private_files import media_type


def attachment(content: bytes, *, kind: str, name: str) -> ResponseReturnValue:
    """Send a file to be saved, never to be shown on one of our pages, and never kept on the way."""
    response = send_file(
        io.BytesIO(content), mimetype=media_type(kind), as_attachment=True, download_name=name, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
