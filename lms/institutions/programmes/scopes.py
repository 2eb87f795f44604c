"""Programmes as places for which roles are given."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.actors import Actor, ScopeKind
from lms.core.db import db
from lms.core.i18n import _l
from lms.institutions.programmes.models import Membership, Programme
from lms.institutions.programmes.permissions import ProgrammePermission
from lms.institutions.programmes.queries import list_programmes_for
from lms.plugins.scopes import ScopeProvider


class ProgrammeScopes(ScopeProvider):
    """A programme with the institutions that take or took part in it: facts of the past stay in reach."""

    kind = ScopeKind.PROGRAMME
    label = _l("Programa")

    def options(self, actor: Actor) -> list[tuple[UUID, str]]:
        """Return the programmes that the actor manages."""
        return [(each.id, each.name) for each in list_programmes_for(actor, ProgrammePermission.MANAGE)]

    def name_of(self, scope_id: UUID) -> str:
        """Return the name of a programme."""
        programme = db.session.get(Programme, scope_id)
        return programme.name if programme else ""

    def institution_ids(self, scope_ids: Collection[UUID]) -> Select[Any] | None:
        """Return the institutions that take or took part."""
        return select(Membership.institution_id).where(Membership.programme_id.in_(scope_ids))
