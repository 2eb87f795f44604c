"""What the documents of a country say: one text for all of them, with a place for each thing that is one's own."""

import json
from datetime import date
from pathlib import Path
from string import Template

from lms.certificates.designs.content import CertificateData
from lms.certificates.designs.folder import load_design
from lms.certificates.issuing.document import DATES, Document
from lms.certificates.issuing.policies import DEFAULT_DESIGN
from lms.courses.models import Release
from lms.courses.queries import list_outline
from lms.institutions.programmes.models import Programme

DESIGNS = Path(__file__).resolve().parents[1] / "certificates"


def document_template(programme: Programme, release: Release, hours: float) -> Template:
    """Return the JSON of a document: name, initials, place, folio, code, enrolled, done and issued are missing."""
    design = load_design(DESIGNS / DEFAULT_DESIGN)
    printed = CertificateData(
        holder_name="${name}",
        course_title=release.title,
        document_title="Certificado de acreditación",
        hours=f"{hours:.0f} horas de formación",
        dates="del ${enrolled} al ${done}",
        modules=tuple(module.title for module in list_outline(release.id)),
        issuer_name=programme.issuer_name,
        folio="${folio}",
        code="${code}",
        verify_url="https://ruta.example/v/${code}",
        verify_label="ruta.example/v",
        issued_on="${done}",
        wall=release.title,
    )
    words = dict(design.metadata.words(printed.language, printed.kind))
    some = date.min
    document = Document(
        printed=printed, words=words, public_name="${initials}", institution="${place}", hours=hours,
        enrolled_on=some, completed_on=some, issued_on=some,
    )  # fmt: skip
    days = dict(zip(DATES, ("${enrolled}", "${done}", "${done}"), strict=True))
    return Template(json.dumps({**document.to_json(), **days}, ensure_ascii=False))
