"""Links of donors for staff, and the page that they open."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, make_response, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.auth import current_actor
from lms.core.calendar import today
from lms.core.clock import now
from lms.core.i18n import _
from lms.core.policy import public, requires
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import get_programme
from lms.reports.donors import queries, service
from lms.reports.donors.forms import USUAL_DAYS, ShareForm
from lms.reports.donors.links import is_open, link_of_token, sign_link
from lms.reports.donors.permissions import DonorPermission
from lms.reports.donors.totals import recent_totals_of
from lms.web.kit import go, render, say
from lms.web.links import absolute_url

bp = Blueprint("donors", __name__, template_folder="templates")
SHARE = DonorPermission.SHARE
PROGRAMME = "/reports/donors/programmes/<uuid:programme_id>"


@bp.get(PROGRAMME)
@requires(SHARE)
def index(programme_id: UUID) -> ResponseReturnValue:
    """List the links to the totals of a programme."""
    programme = queries.access_whole(current_actor(), programme_id)
    form = ShareForm(formdata=None)
    form.last_day.data = today() + timedelta(days=USUAL_DAYS)
    return _page(programme, form)


@bp.post(PROGRAMME)
@requires(SHARE)
def share(programme_id: UUID) -> ResponseReturnValue:
    """Make a link."""
    actor, form = current_actor(), ShareForm()
    programme = queries.access_whole(actor, programme_id)
    if not form.is_good(today()) or form.last_day.data is None:
        return _page(programme, form, status=422)
    service.share(
        programme, reader=str(form.reader.data), last_day=form.last_day.data, actor=actor, now=now()
    )
    say(_("Enlace creado. Cópielo y envíelo al organismo."))
    return go(url_for(".index", programme_id=programme.id))


@bp.route(f"{PROGRAMME}/<uuid:donor_link_id>/close", methods=["GET", "POST"])
@requires(SHARE)
def close(programme_id: UUID, donor_link_id: UUID) -> ResponseReturnValue:
    """Ask, then close a link at once."""
    actor = current_actor()
    programme = queries.access_whole(actor, programme_id)
    link = queries.access_link(programme, donor_link_id)
    if request.method == "GET":
        return render("donors/close.html", programme=programme, link=link)
    service.close(link, actor=actor, now=now())
    say(_("Enlace cerrado: ya no abre."))
    return go(url_for(".index", programme_id=programme.id))


@bp.get("/totals/<token>")
@public("The signed link is the credential; it opens totals of a programme with small groups hidden.")
def opened(token: str) -> ResponseReturnValue:
    """Show the totals of a programme to whoever holds the link."""
    link = link_of_token(token, today())
    programme = get_programme(link.programme_id)
    page = render(
        "donors/opened.html",
        programme=programme,
        link=link,
        day=today(),
        totals=recent_totals_of(programme),
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(programme: Programme, form: ShareForm, *, status: int = 200) -> ResponseReturnValue:
    links = [
        (each, is_open(each, today()), absolute_url("donors.opened", token=sign_link(each.id)))
        for each in queries.list_links(programme.id)
    ]
    return render("donors/index.html", programme=programme, form=form, links=links, status=status)
