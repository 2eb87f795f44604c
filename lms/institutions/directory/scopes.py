"""Institutions as places for which roles are given."""

from uuid import UUID

from lms.core.actors import Actor, ScopeKind
from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.directory.models import Institution
from lms.institutions.directory.permissions import DirectoryPermission
from lms.institutions.directory.queries import institution_options
from lms.plugins.scopes import ScopeProvider


class InstitutionScopes(ScopeProvider):
    """An institution with everything below it."""

    kind = ScopeKind.INSTITUTION
    label = _l("Institución")

    def options(self, actor: Actor) -> list[tuple[UUID, str]]:
        """Return the open institutions in which the actor may give roles, as an indented tree."""
        return institution_options(actor, DirectoryPermission.MANAGE_ROLES)

    def name_of(self, scope_id: UUID) -> str:
        """Return the name of an institution."""
        institution = db.session.get(Institution, scope_id)
        return institution.name if institution else ""
