"""Files in answers."""

from typing import IO

from flask import send_file
from flask.typing import ResponseReturnValue


def attachment(file: IO[bytes], kind: str, name: str) -> ResponseReturnValue:
    """Send a file that nobody in between may keep."""
    response = send_file(file, mimetype=kind, as_attachment=True, download_name=name, etag=False)
    response.headers["Cache-Control"] = "private, no-store"
    return response
