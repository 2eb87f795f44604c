"""Invented certificates, to try a design and to show it before anything is issued."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from lms.certificates.designs.content import ATTENDANCE, CertificateData, HoursLine, Issuer, Signatory

SAMPLE: Final = CertificateData(
    holder_name="Participante 014",
    course_title="Ruta de Detección y Canalización de Víctimas de Trata de Personas",
    document_title="Constancia de acreditación",
    hours="40 horas de formación",
    dates="del 3 de octubre al 27 de noviembre de 2025",
    conditions="con evaluación final y 2 sesiones presenciales",
    modules=(
        "Inicio",
        "Marco conceptual y jurídico",
        "Modalidades y contextos",
        "Detección",
        "Primer contacto",
        "Riesgo inmediato",
        "Canalización",
        "Enfoque diferenciado",
        "Coordinación, datos y autocuidado",
    ),
    issuer_name="Comisión de ejemplo",
    issuer_unit="Secretaría Técnica",
    folio="RT7K-4M2Q-9D",
    code="RT7K-4M2Q-9D",
    verify_url="https://ruta.example/v/RT7K-4M2Q-9D",
    verify_label="ruta.example/v",
    issued_on="2 de diciembre de 2025",
    signatories=(
        Signatory("Participante 001", "Secretaría Técnica"),
        Signatory("Participante 002", "Responsable académica"),
    ),
)


def _drawn_logo(colour: str, width: int) -> bytes:
    picture = Image.new("RGBA", (width, 240), (255, 255, 255, 0))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((10, 10, 230, 230), fill=colour)
    drawing.ellipse((80, 80, 160, 160), fill="white")
    if width > 260:
        drawing.rounded_rectangle((270, 50, width - 10, 110), 20, fill=colour)
        drawing.rounded_rectangle((270, 135, width - 90, 185), 20, fill=colour)
    output = BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


SAMPLE_PICTURES: Final[Mapping[str, bytes]] = {
    "uno.png": _drawn_logo("#1d4f91", 640),
    "dos.png": _drawn_logo("#7a2e4d", 240),
}
TWO_ISSUERS: Final = (
    Issuer("Comisión de ejemplo contra la Trata de Personas", "Secretaría Técnica", "uno.png"),
    Issuer("Instituto de Formación del Servicio Público", "Dirección Académica", "dos.png"),
)
_DAYS: Final = (
    ("3 de octubre de 2025", "Sesión 1: marco conceptual y jurídico", "presencial", "4 h"),
    ("10 de octubre de 2025", "Módulos 1 a 3", "en línea", "9 h 30 min"),
    ("24 de octubre de 2025", "Sesión 2: detección y primer contacto", "presencial", "4 h"),
    ("7 de noviembre de 2025", "Módulos 4 a 9", "en línea", "20 h"),
    ("27 de noviembre de 2025", "Evaluación final", "en línea", "2 h 30 min"),
)
_FULL: Final = replace(
    SAMPLE,
    issuers=TWO_ISSUERS,
    hours_lines=tuple(HoursLine(*day) for day in _DAYS),
    hours_total="40 h",
    valid_until="2 de diciembre de 2027",
    edition="Versión 2, sustituye a la del 2 de diciembre de 2025",
)

SAMPLES: Final[Mapping[str, CertificateData]] = {
    "short": replace(SAMPLE, holder_name="Li Wu"),
    "long": replace(
        _FULL,
        holder_name="María Guadalupe de los Ángeles Hernández-Ñáñez y Fernández de Córdova Quiñones",
        hours_lines=tuple(HoursLine(*_DAYS[number % len(_DAYS)]) for number in range(43)),
    ),
    "kichwa": replace(_FULL, holder_name="Sisa Ñust’a Kʼuychi Guamán"),
    "attendance": replace(
        SAMPLE,
        kind=ATTENDANCE,
        document_title="Constancia de participación",
        holder_name="Participante 014",
        conditions="en 2 sesiones presenciales",
        issuers=TWO_ISSUERS[:1],
    ),
}
"""What a design is shown with before it is used: the names are invented, and so are the institutions."""
