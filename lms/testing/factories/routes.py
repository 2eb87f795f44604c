"""Referral routes, for tests: one of two steps."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.core.clock import now
from lms.core.db import db
from lms.courses.compiler.referral import Route, RouteStep
from lms.courses.models import Release
from lms.courses.routes import service
from lms.courses.routes.models import ReleaseRoute

FIRST = RouteStep(
    id="riesgo",
    title="Valorar el riesgo",
    action="Mire si hay peligro ahora.",
    responsible="Quien detecta",
    sectors=(),
    deadline="De inmediato",
    document="",
    unsafe="No se acerque y llame a emergencias.",
    contact="mx-911",
    basis=(),
    is_to_verify=False,
)
SECOND = replace(
    FIRST, id="aviso", title="Avisar", responsible="Fiscalía", sectors=("justice",), unsafe="", contact=""
)
ROUTE = Route(
    key="quintana-roo",
    title="Ruta de Quintana Roo",
    place="MX-ROO",
    profile="any",
    valid_from=date(2026, 1, 1),
    valid_until=None,
    verifier="Secretaría técnica de la Comisión",
    verified_on=date(2026, 11, 1),
    note="",
    steps=(FIRST, SECOND),
)


def make_route(release: Release, **values: Any) -> ReleaseRoute:
    """Add a route to a release; its card waits to be drawn."""
    route = replace(ROUTE, **values)
    service.keep_routes(release.id, [route], now=now())
    return db.session.scalars(
        select(ReleaseRoute).where(ReleaseRoute.release_id == release.id, ReleaseRoute.key == route.key)
    ).one()
