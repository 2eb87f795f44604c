"""What each code of the checker means: why it matters, what to do, and an example of both kinds."""

from flask.typing import ResponseReturnValue

from lms.authoring.permissions import AuthoringPermission
from lms.authoring.views.blueprint import bp
from lms.core.errors import NotFound
from lms.core.policy import requires
from lms.courses.compiler.explanations.table import find_explanation, in_families, shown
from lms.web.kit import render


@bp.get("/codes")
@requires(AuthoringPermission.READ)
def codes() -> ResponseReturnValue:
    """List every code by what it is about."""
    return render("authoring/codes.html", families=in_families())


@bp.get("/codes/<string:rule>")
@requires(AuthoringPermission.READ)
def code_page(rule: str) -> ResponseReturnValue:
    """Explain one code."""
    try:
        page = find_explanation(rule)
    except LookupError as problem:
        raise NotFound from problem
    return render("authoring/code.html", page=page, bad=shown(page.bad), good=shown(page.good))
