"""Reports for whoever has no account: with a letter, or because the figures are public."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from lms.core.actors import ANONYMOUS
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.policy import public
from lms.core.tabular import to_csv
from lms.reports.frozen import queries, service, words
from lms.reports.frozen.access import access_open_figures
from lms.reports.frozen.files import name_of
from lms.reports.frozen.links import version_of_link
from lms.reports.frozen.showing import drawn, send_form, signer_of
from lms.web.kit import render

bp = Blueprint("quarterly_letters", __name__, template_folder="../templates")
BY_LETTER = "The signed link of the letter is the credential; it opens one report that shows no person."


@bp.get("/quarterly/<token>")
@public(BY_LETTER)
def opened(token: str) -> ResponseReturnValue:
    """Show the report of a letter, and say whether it was corrected."""
    version = version_of_link(token)
    latest, report = queries.last_issued(version.report_id), drawn(version)
    return render(
        "quarterly/opened.html",
        version=version,
        token=token,
        signer=signer_of(version),
        is_replaced=bool(latest and latest.id != version.id),
        words=words,
        drawn=report.figures,
        **report.context,
    )


@bp.post("/quarterly/<token>/<form>")
@public(BY_LETTER)
def opened_file(token: str, form: str) -> ResponseReturnValue:
    """Send a file of the report of a letter, and write down that it was taken."""
    version = version_of_link(token)
    response = send_form(version, form, name=name_of(version, form))
    service.note_taken(version, form, actor=ANONYMOUS, now=now())
    return response


@bp.get("/open-data/<code>")
@public("The administration published the figures of this programme, with small groups hidden.")
def open_data(code: str) -> ResponseReturnValue:
    """Show the figures of a programme that are public."""
    programme, version = access_open_figures(code)
    settings, report = queries.find_settings(programme.id), drawn(version)
    return render(
        "quarterly/open_data.html",
        programme=programme,
        version=version,
        licence=(settings.licence if settings else "") or str(words.LICENCE),
        sheets=report.sheets,
        words=words,
        drawn=report.figures,
        **report.context,
    )


@bp.get("/open-data/<code>/<name>.<ending>")
@public("The administration published the figures of this programme, with small groups hidden.")
def open_file(code: str, name: str, ending: str) -> ResponseReturnValue:
    """Send the public figures as data: everything as JSON, each table as CSV."""
    _programme, version = access_open_figures(code)
    if (name, ending) == ("figures", "json"):
        return send_form(version, "json", name=f"{version.report.folio}.json", is_private=False)
    found = {each: table for each, _title, table in drawn(version).sheets}
    if ending != "csv" or name not in found:
        raise NotFound
    response = Response(to_csv(found[name]), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
