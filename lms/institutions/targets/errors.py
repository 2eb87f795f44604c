"""Refusals about targets."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class TargetRefused(DomainError):
    """A target cannot be what was written."""

    status = 422


class PeriodUnknown(TargetRefused):
    """It is no year, half or quarter."""

    code = "targets.period-unknown"
    message = _l("Escriba un año (2026), un semestre (2026-S1) o un trimestre (2026-T3).")


class AgreementMissing(TargetRefused):
    """A target that comes from an agreement says from which."""

    code = "targets.agreement-missing"
    message = _l("Elija el convenio del que viene la meta.")


class WorkforceMissing(TargetRefused):
    """A target that is part of a workforce says how large that is."""

    code = "targets.workforce-missing"
    message = _l("Escriba cuántas personas trabajan ahí.")


class TargetAboveWorkforce(TargetRefused):
    """More people than work there."""

    code = "targets.above-workforce"
    message = _l("La meta es mayor que la plantilla.")
