"""The WSGI application of this installation, for any server."""

from lms.app import from_env

app = from_env()
