"""The public pages of one document, which say whether it is authentic and still stands."""

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.issuing.words import STATES
from lms.certificates.verification import queries
from lms.certificates.verification.forms import SearchForm
from lms.certificates.verification.rules import PublicRecord, read_code, read_folio
from lms.certificates.verification.views.blueprint import answer, as_json, bp, client, guarded, look_up
from lms.certificates.verification.words import HEADINGS
from lms.core import limits
from lms.core.calendar import today
from lms.core.i18n import _l
from lms.core.policy import public
from lms.web.kit import go

SEARCH_RULE = "30/hour"
"""Searches that failed, and every search by folio, of one client."""
NO_SUCH = _l("Ningún documento tiene ese código o folio.")
NEITHER = _l("No parece un código ni un folio: el código tiene 10 signos y nunca lleva I, L, O, 0 ni 1.")


@bp.route("", methods=["GET", "POST"])
@public("anybody who holds a certificate may check it")
def search() -> ResponseReturnValue:
    """Look for a document by what is typed: the code, or the folio."""
    form = SearchForm()
    if not form.validate_on_submit():
        return answer("verification/search.html", 422 if form.errors else 200, form=form)
    typed = form.code.data or ""
    if record := queries.find_record(typed, today()):
        return go(url_for("verification.show", code=record.code))
    limits.spend(SEARCH_RULE, "verify", client())
    if code := queries.find_code_of_folio(typed):
        return go(url_for("verification.show", code=code))
    form.refuse("code", str(NO_SUCH if read_code(typed) or read_folio(typed) else NEITHER))
    return answer("verification/unknown.html", 404, form=form)


@bp.get("/<code>")
@public("the QR of a certificate leads here")
def show(code: str) -> ResponseReturnValue:
    """Say whether the document with this code is authentic and stands."""
    record = _find(code)
    if record is None:
        form = SearchForm(formdata=None, code=code)
        return answer("verification/unknown.html", 404, form=form)
    return answer(
        "verification/show.html",
        200,
        record=record,
        heading=HEADINGS[record.state][record.kind],
        states=STATES[record.kind],
        form=SearchForm(formdata=None),
    )


@bp.get("/<code>.json")
@public("the same answer for machines")
def record_file(code: str) -> ResponseReturnValue:
    """Say the same as JSON."""
    record = _find(code)
    if record is None:
        return guarded(jsonify(state="unknown"), 404)
    return guarded(jsonify(as_json(record)), 200)


def _find(code: str) -> PublicRecord | None:
    return look_up(lambda: queries.find_record(code, today()), is_known=lambda found: found is not None)
