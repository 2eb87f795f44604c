"""What a programme asks for its documents, how long they are valid and with which design they are drawn."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.issuing import setting
from lms.certificates.issuing.design import list_designs
from lms.certificates.issuing.errors import RuleUnsound
from lms.certificates.issuing.permissions import CertificatePermission
from lms.certificates.issuing.policies import find_policy, list_courses, list_policies, terms_of
from lms.certificates.issuing.policy_form import PolicyForm
from lms.certificates.issuing.rules import Kind
from lms.certificates.issuing.views.blueprint import bp
from lms.certificates.issuing.words import ASKED, KINDS, NOUNS, STATES
from lms.certificates.library.permissions import LibraryPermission
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.courses.models import Course
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.web.kit import go, render, say

SET = CertificatePermission.SET_POLICY


@bp.get("/programmes/<uuid:programme_id>")
@requires(SET)
def policies(programme_id: UUID) -> ResponseReturnValue:
    """Show what holds for each kind, in all courses and in those with a rule of their own."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    courses = list_courses(programme.id)
    own = {(row.course_id, row.kind) for row in list_policies(programme.id)}
    return render(
        "certificates/policies.html",
        programme=programme,
        usual=terms_of(programme.id, None),
        courses=[(course, terms_of(programme.id, course.id)) for course in courses],
        own=own,
        designs=dict(list_designs()),
        sees_designs=actor.reach(LibraryPermission.MANAGE).everywhere,
        kinds=list(Kind),
        KINDS=KINDS,
        STATES=STATES,
        ASKED=ASKED,
    )


@bp.route("/programmes/<uuid:programme_id>/rule", methods=["GET", "POST"])
@requires(SET)
def edit_policy(programme_id: UUID) -> ResponseReturnValue:
    """Change what is asked for the kind that the address names, in all courses or in the one that it names."""
    actor, chosen = current_actor(), _kind()
    programme = access_programme(actor, SET, programme_id)
    course = _course(programme)
    course_id = course.id if course else None
    form = PolicyForm()
    form.fill(list_designs())
    if request.method == "GET":
        form.show(terms_of(programme.id, course_id)[chosen])
    if form.validate_on_submit():
        try:
            setting.set_policy(programme, course_id, form.values(chosen), actor=actor, now=now())
        except RuleUnsound as refusal:
            form.refuse("asks_completion", str(refusal.message))
        else:
            say(_("Guardado. Los documentos ya emitidos conservan lo que dicen."))
            return _back(programme)
    return render(
        "certificates/policy.html",
        programme=programme,
        course=course,
        kind=chosen,
        noun=NOUNS[chosen],
        states=STATES[chosen],
        has_own=course_id is not None and find_policy(programme.id, course_id, chosen) is not None,
        form=form,
        status=422 if form.errors else 200,
    )


@bp.post("/programmes/<uuid:programme_id>/rule/remove")
@requires(SET)
def remove_policy(programme_id: UUID) -> ResponseReturnValue:
    """Let a course follow what holds for the whole programme."""
    programme = access_programme(current_actor(), SET, programme_id)
    course = _course(programme)
    row = find_policy(programme.id, course.id, _kind()) if course else None
    if row:
        setting.remove_policy(row, actor=current_actor(), now=now())
        say(_("El curso sigue lo que vale en todo el programa."))
    return _back(programme)


def _kind() -> Kind:
    """Return the kind that the address names; the certificado without one."""
    asked = request.args.get("kind", "")
    return Kind(asked) if asked in set(Kind) else Kind.CERTIFICADO


def _course(programme: Programme) -> Course | None:
    """Return the course that the address names; one that the programme does not teach is a typo."""
    asked = request.args.get("course", "")
    if not asked:
        return None
    found = [each for each in list_courses(programme.id) if str(each.id) == asked]
    if not found:
        raise NotFound
    return found[0]


def _back(programme: Programme) -> ResponseReturnValue:
    return go(url_for("certificates.policies", programme_id=programme.id))
