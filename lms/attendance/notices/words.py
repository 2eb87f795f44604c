"""How notices are said on pages."""

from typing import Final

from lms.attendance.notices.indispensable import LetterKind
from lms.attendance.notices.rules import NoticeKind, NoticeState, Reason
from lms.core.i18n import _l
from lms.core.jobs.models import JobState
from lms.core.text import Text

KINDS: Final[dict[NoticeKind, Text]] = {
    NoticeKind.MEETING_SOON: _l("Recordatorio de una sesión"),
    NoticeKind.NOT_STARTED: _l("Todavía no empieza"),
    NoticeKind.ALMOST_DONE: _l("Le falta poco"),
    NoticeKind.DEADLINE: _l("Se acerca el cierre"),
    NoticeKind.FOCAL_POINTS: _l("A los enlaces: quiénes no han empezado"),
    NoticeKind.CALL_CLOSING: _l("A los enlaces: la convocatoria está por cerrar"),
    NoticeKind.CALL_RESULTS: _l("A los enlaces: cómo quedó la convocatoria"),
}
AMOUNTS: Final[dict[NoticeKind, Text]] = {
    NoticeKind.MEETING_SOON: _l("Horas antes de la sesión"),
    NoticeKind.NOT_STARTED: _l("Días después de la apertura"),
    NoticeKind.ALMOST_DONE: _l("Cuando falten tantas lecciones o menos"),
    NoticeKind.DEADLINE: _l("Días antes del cierre"),
    NoticeKind.FOCAL_POINTS: _l("Días después de la apertura"),
    NoticeKind.CALL_CLOSING: _l("Días antes del cierre de la convocatoria"),
    NoticeKind.CALL_RESULTS: _l("Días después del cierre de la convocatoria"),
}
MOST: Final[dict[NoticeKind, int]] = {
    NoticeKind.MEETING_SOON: 240,
    NoticeKind.NOT_STARTED: 120,
    NoticeKind.ALMOST_DONE: 50,
    NoticeKind.DEADLINE: 60,
    NoticeKind.FOCAL_POINTS: 120,
    NoticeKind.CALL_CLOSING: 60,
    NoticeKind.CALL_RESULTS: 60,
}
STATES: Final[dict[NoticeState, Text]] = {
    NoticeState.WAITING: _l("Espera la hora permitida"),
    NoticeState.SENT: _l("Enviado"),
    NoticeState.SKIPPED: _l("No se envió"),
}
REASONS: Final[dict[Reason, Text]] = {
    Reason.UNSUBSCRIBED: _l("La persona se dio de baja de los recordatorios"),
    Reason.NO_ADDRESS: _l("Sin correo o con la cuenta cerrada"),
    Reason.CLOSED: _l("La cohorte ya cerró"),
    Reason.WITHDRAWN: _l("La persona ya no está en la cohorte"),
    Reason.NOT_NEEDED: _l("Ya no hacía falta"),
    Reason.TURNED_OFF: _l("El aviso se apagó antes"),
}
LETTER_KINDS: Final[dict[LetterKind, Text]] = {
    LetterKind.ENROLMENT: _l("Inscripciones"),
    LetterKind.INVITATION: _l("Invitaciones"),
    LetterKind.CALL: _l("Convocatoria"),
    LetterKind.MEETING: _l("Sesiones"),
}
LETTERS: Final[dict[JobState, Text]] = {
    JobState.QUEUED: _l("En camino"),
    JobState.RUNNING: _l("En camino"),
    JobState.DONE: _l("Enviado"),
    JobState.DEAD: _l("No se pudo enviar"),
}
"""How far an indispensable e-mail has come."""
