"""The accounts with which a visitor tries each role."""

from dataclasses import dataclass

from lms.core.actors import Role

PASSWORD = "practicar-con-cuidado"  # noqa: S105  # printed on the terminal; the demonstration runs on one's own machine


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One account of the demonstration."""

    email: str
    label: str
    role: Role | None
    """The role it shows; None for trainees, who need none."""


ACCOUNTS = (
    DemoAccount(email="persona@example.org", label="Persona en formación", role=None),
    DemoAccount(email="egresada@example.org", label="Persona con constancia", role=None),
    DemoAccount(email="facilitacion@example.org", label="Quien facilita", role=Role.TRAINER),
    DemoAccount(email="enlace@example.org", label="Enlace de la Secretaría de Salud", role=Role.FOCAL_POINT),
    DemoAccount(email="comision@example.org", label="Comisión (revisión)", role=Role.REVIEWER),
    DemoAccount(email="administracion@example.org", label="Administración", role=Role.ADMINISTRATOR),
)
