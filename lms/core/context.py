"""What the running application holds for everybody: settings, storage, mailer and the registries of plugins."""

from typing import Any, cast

from flask import current_app

from lms.core.actors import RoleGrants
from lms.core.mail import Mailer
from lms.core.registry import Registry
from lms.core.settings import Settings
from lms.core.storage import KeptFiles, Storage

SETTINGS = "lms_settings"
STORAGE = "lms_storage"
MAILER = "lms_mailer"
REGISTRIES = "lms_registries"
ROLE_GRANTS = "lms_role_grants"
KEPT_FILES = "lms_kept_files"


def current_settings() -> Settings:
    """Return the settings of the running application."""
    return cast("Settings", current_app.extensions[SETTINGS])


def current_storage() -> Storage:
    """Return where files are kept."""
    return cast("Storage", current_app.extensions[STORAGE])


def current_mailer() -> Mailer:
    """Return who hands messages over."""
    return cast("Mailer", current_app.extensions[MAILER])


def registry(kind: str) -> Registry[Any]:
    """Return the frozen contributions of one kind, such as "completion_criteria"."""
    return cast("Registry[Any]", current_app.extensions[REGISTRIES][kind])


def role_grants() -> RoleGrants:
    """Return which permissions each role carries, as the slices declare."""
    return cast("RoleGrants", current_app.extensions[ROLE_GRANTS])


def kept_files() -> tuple[KeptFiles, ...]:
    """Return how the rows of all slices name the files of the storage."""
    return cast("tuple[KeptFiles, ...]", current_app.extensions[KEPT_FILES])
