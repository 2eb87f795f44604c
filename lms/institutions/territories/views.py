"""Pages about territories: the catalogue, and the same rows as a file."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from lms.core.auth import current_actor
from lms.core.db import db
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.territories import queries, words
from lms.institutions.territories.forms import TerritoryFilter
from lms.institutions.territories.permissions import TerritoryPermission
from lms.web.kit import page_number, render
from lms.web.paging import paginate
from lms.web.table_files import table_file

bp = Blueprint("territories", __name__, url_prefix="/territories", template_folder="templates")


@bp.get("/")
@requires(TerritoryPermission.READ)
def index() -> ResponseReturnValue:
    """List the territories, by country and name."""
    form, statement = _listed()
    page = paginate(statement, page_number())
    shown = [row[0] for row in page.rows]
    return render(
        "territories/index.html",
        form=form,
        page=page,
        parents=queries.list_territories({each.parent_id for each in shown if each.parent_id}),
        kinds=words.KINDS,
        is_filtered=bool(form.query),
        can_manage=current_actor().reach(TerritoryPermission.MANAGE).everywhere,
    )


@bp.get("/territories.<ending>")
@requires(TerritoryPermission.READ)
def index_file(ending: str) -> ResponseReturnValue:
    """Send the territories as the page lists them, all pages."""
    _form, statement = _listed()
    found = db.session.scalars(statement).all()
    parents = queries.list_territories({each.parent_id for each in found if each.parent_id})
    return table_file(
        words.table_of(found, parents), title=_("Territorios"), name="territorios", ending=ending
    )


def _listed() -> tuple[TerritoryFilter, Select[Any]]:
    form = TerritoryFilter(request.args)
    form.fill(queries.list_countries())
    asked = (form.q.data or "", form.kind.data or "", form.country.data or "")
    return form, queries.search_territories(*asked)
