"""What roles are called, and what each lets a person do."""

from typing import Final

from lms.core.actors import Role
from lms.core.i18n import _l
from lms.core.text import Text

ROLE_NAMES: Final[dict[Role, Text]] = {
    Role.FOCAL_POINT: _l("Enlace institucional"),
    Role.TRAINER: _l("Facilitación"),
    Role.REVIEWER: _l("Revisión de la comisión"),
    Role.ADMINISTRATOR: _l("Administración"),
    Role.TRAINEE: _l("Participante"),
}

ROLE_PURPOSES: Final[dict[Role, Text]] = {
    Role.FOCAL_POINT: _l("Registra a las personas de su institución y de sus áreas, y ve sus avances."),
    Role.TRAINER: _l("Lleva las sesiones y la lista de sus cohortes, y ve los avances del grupo."),
    Role.REVIEWER: _l("Consulta instituciones, avances e informes del programa. No cambia nada."),
    Role.ADMINISTRATOR: _l("Administra instituciones, personas, cursos, cohortes y papeles."),
}

EVERYWHERE: Final[Text] = _l("Toda la plataforma")
