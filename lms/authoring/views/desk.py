"""What the editor shows of a file: composed once for the page and for the check while somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template

from lms.authoring import access, problems, queries, weight
from lms.authoring.compiling import compile_files
from lms.authoring.models import Draft
from lms.authoring.permissions import AuthoringPermission
from lms.authoring.preview import Desk, read_look, render_preview
from lms.core.auth import current_actor
from lms.courses.compiler.explanations.table import EXPLANATIONS
from lms.courses.compiler.slugs import without_number
from lms.web.icons import sprite


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that the check of a desk found."""

    desk: Desk
    preview: str
    weight: str
    """In words; empty for what is not a page of the course."""
    counts: Mapping[str, problems.Count]

    @property
    def total(self) -> problems.Count:
        """Return the problems of the whole draft."""
        return problems.count(self.desk.compilation.diagnostics)

    @property
    def title(self) -> str:
        """Return the title of the page that the file becomes; empty for another file."""
        return self.desk.unit[1].title if self.desk.unit else ""

    @property
    def listed(self) -> list[Any]:
        """Return the problems in the order in which the panel lists them."""
        return problems.in_reading_order(self.desk.compilation.diagnostics, self.desk.path)

    @property
    def explained(self) -> frozenset[str]:
        """Return the codes that have a page; those of another plugin's blocks have none."""
        return frozenset(code.value for code in EXPLANATIONS)

    @property
    def tree(self) -> problems.Tree:
        """Return the files as the tree shows them."""
        return problems.tree_of(self.desk.files, self.counts, _titles(self.desk), self.desk.path)


def open_draft(draft_id: UUID, permission: AuthoringPermission) -> Draft:
    """Return a draft for the person who asks."""
    return access.access_draft(current_actor(), permission, draft_id)


def open_desk(
    draft: Draft, path: str, values: Mapping[str, str], typed: Mapping[str, bytes] | None = None
) -> Desk:
    """Put a file on the desk, with what somebody typed and has not saved."""
    files = queries.files_of(draft.id)
    return Desk(
        draft=draft,
        files=files,
        path=path,
        compilation=compile_files(files, draft.slug, typed),
        look=read_look(values),
    )


def look_over(desk: Desk, answered: Mapping[str, str] | None = None) -> Findings:
    """Check what is on the desk and draw it."""
    html = render_preview(desk, answered)
    course = desk.compilation.attempt
    is_page = bool(course and desk.unit)
    return Findings(
        desk=desk,
        preview=html,
        weight=weight.said(weight.weigh(html, course)) if course and is_page else "",
        counts=problems.count_by_path(desk.compilation.diagnostics),
    )


def answer_of(findings: Findings) -> dict[str, Any]:
    """Return the check as the editor in the browser reads it."""
    desk = findings.desk
    listed = render_template("authoring/_problems.html", findings=findings)
    return {
        # The icons of both fragments are drawn from symbols that the page may not have.
        "preview": f"{findings.preview}{sprite()}",
        "problems": listed,
        "marks": problems.marks(desk.compilation.diagnostics, desk.path),
        "errors": findings.total.errors,
        "warnings": findings.total.warnings,
        "weight": findings.weight,
        "counts": {
            path: {"errors": each.errors, "warnings": each.warnings} for path, each in findings.counts.items()
        },
    }


def names_of(desk: Desk) -> dict[str, list[str]]:
    """Return the names that the editor proposes: terms of the glossary and keys of the sources."""
    course = desk.compilation.attempt
    if course is None:
        return {"terms": [], "sources": []}
    return {
        "terms": [entry.term for entry in course.glossary],
        "sources": [source.key for source in course.sources],
    }


def _titles(desk: Desk) -> dict[str, str]:
    """Return what people call each folder that is a module."""
    course = desk.compilation.attempt
    if course is None:
        return {}
    named = {module.slug: f"{module.number} {module.title}" for module in course.modules}
    folders = {path.partition("/")[0] for path in desk.files if "/" in path}
    return {folder: named[slug] for folder in folders if (slug := without_number(folder)) in named}
