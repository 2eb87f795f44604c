"""What documents and what happens to them are called."""

from typing import Final

from lms.certificates.issuing.models import LetterPurpose, Outcome, RectifyReason, RevokeReason
from lms.certificates.issuing.rules import Asked, Kind, Standing
from lms.core.i18n import _l
from lms.core.text import Text

KINDS: Final[dict[Kind, Text]] = {Kind.CERTIFICADO: _l("Certificado"), Kind.CONSTANCIA: _l("Constancia")}
NOUNS: Final[dict[Kind, Text]] = {Kind.CERTIFICADO: _l("certificado"), Kind.CONSTANCIA: _l("constancia")}
"""The same inside a sentence."""
PLURALS: Final[dict[Kind, Text]] = {Kind.CERTIFICADO: _l("Certificados"), Kind.CONSTANCIA: _l("Constancias")}
STATES: Final[dict[Kind, Text]] = {
    Kind.CERTIFICADO: _l("Aprobó el curso"),
    Kind.CONSTANCIA: _l("Participó en el curso"),
}
"""What a kind states of its holder."""
ASKED: Final[dict[Asked, Text]] = {
    Asked.PERSON: _l("Persona que se forma"),
    Asked.ENROLMENT: _l("Inscripción vigente"),
    Asked.COMPLETION: _l("Curso completado"),
    Asked.QUIZZES: _l("Evaluaciones aprobadas"),
    Asked.ATTENDANCE: _l("Asistencia a las sesiones"),
    Asked.HOURS: _l("Horas acreditadas"),
}
NOTHING_KNOWN: Final[dict[Asked, Text]] = {
    Asked.PERSON: _l("No se sabe nada de la persona."),
    Asked.ENROLMENT: _l("No se sabe nada de la inscripción."),
    Asked.COMPLETION: _l("El curso no tiene condiciones registradas para completarlo."),
    Asked.QUIZZES: _l("El curso no tiene evaluaciones que aprobar."),
    Asked.ATTENDANCE: _l("La cohorte no tiene sesiones planeadas."),
    Asked.HOURS: _l("Todavía no hay horas registradas."),
}
"""What is said of something that is asked and of which nothing is known."""
STANDINGS: Final[dict[Standing, Text]] = {
    Standing.VALID: _l("Vigente"),
    Standing.EXPIRED: _l("Venció"),
    Standing.REVOKED: _l("Se canceló"),
}
REVOKED: Final[dict[RevokeReason, Text]] = {
    RevokeReason.ISSUED_BY_MISTAKE: _l("Se emitió por error"),
    RevokeReason.WRONG_DATA: _l("Los datos no son correctos"),
    RevokeReason.IRREGULARITY: _l("Hubo una irregularidad en la acreditación"),
    RevokeReason.HOLDER_REQUEST: _l("La persona lo pidió"),
}
RECTIFIED: Final[dict[RectifyReason, Text]] = {
    RectifyReason.NAME: _l("El nombre de la persona"),
    RectifyReason.HOURS: _l("Las horas y su desglose"),
    RectifyReason.COURSE: _l("El título, las fechas o los módulos del curso"),
    RectifyReason.ISSUER: _l("Quien emite, quien firma o el diseño"),
}
LETTERS: Final[dict[LetterPurpose, Text]] = {
    LetterPurpose.ISSUED: _l("Aviso de emisión"),
    LetterPurpose.RECTIFIED: _l("Aviso de corrección"),
    LetterPurpose.REVOKED: _l("Aviso de cancelación"),
    LetterPurpose.EXPIRING: _l("Aviso de vencimiento"),
}
OUTCOMES: Final[dict[Outcome, Text]] = {
    Outcome.WAITING: _l("En espera"),
    Outcome.ISSUED: _l("Se emitió"),
    Outcome.KNOWN: _l("Ya estaba emitido"),
    Outcome.NOT_ELIGIBLE: _l("Le falta un requisito"),
    Outcome.FAILED: _l("No se pudo dibujar"),
}
