"""What the public pages call the states of documents and files."""

from typing import Final

from lms.certificates.credentials.published import BadgeVerdict
from lms.certificates.issuing.rules import Kind
from lms.certificates.verification.rules import FileState, State
from lms.core.i18n import _l
from lms.core.text import Text

HEADINGS: Final[dict[State, dict[Kind, Text]]] = {
    State.VALID: {
        Kind.CERTIFICADO: _l("Certificado auténtico"),
        Kind.CONSTANCIA: _l("Constancia auténtica"),
    },
    State.EXPIRED: {Kind.CERTIFICADO: _l("Certificado vencido"), Kind.CONSTANCIA: _l("Constancia vencida")},
    State.REVOKED: {
        Kind.CERTIFICADO: _l("Certificado cancelado"),
        Kind.CONSTANCIA: _l("Constancia cancelada"),
    },
    State.REPLACED: {
        Kind.CERTIFICADO: _l("Certificado renovado por otro"),
        Kind.CONSTANCIA: _l("Constancia renovada por otra"),
    },
    State.UNSHARED: {
        Kind.CERTIFICADO: _l("Este documento no se comparte"),
        Kind.CONSTANCIA: _l("Este documento no se comparte"),
    },
}
FILES: Final[dict[FileState, Text]] = {
    FileState.ISSUED: _l("Es el archivo que se emitió"),
    FileState.REPLACED_VERSION: _l("Es una versión que se sustituyó"),
    FileState.UNKNOWN: _l("Este archivo no es uno de los emitidos"),
}
BADGES: Final[dict[BadgeVerdict, Text]] = {
    BadgeVerdict.GENUINE: _l("La insignia es auténtica"),
    BadgeVerdict.CHANGED: _l("La insignia fue modificada"),
    BadgeVerdict.WITHDRAWN: _l("La llave de esta insignia se retiró"),
    BadgeVerdict.NOT_OURS: _l("Esta insignia no es de aquí"),
}
