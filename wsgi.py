"""The WSGI application of this installation, for any server."""

from lms.app import served_from_env

app = served_from_env()
