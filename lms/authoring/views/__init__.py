"""Pages of authoring: the list, the editor, the files and their history, reviews, signatures and releases."""

from lms.authoring.views import codes, drafts, editor, files, history, preview, releases, reviews, signatures
from lms.authoring.views.blueprint import bp

__all__ = [
    "bp",
    "codes",
    "drafts",
    "editor",
    "files",
    "history",
    "preview",
    "releases",
    "reviews",
    "signatures",
]
