"""An invented certificate, to try a design and to show it before anything is issued."""

from typing import Final

from lms.certificates.designs.content import CertificateData, Signatory

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
