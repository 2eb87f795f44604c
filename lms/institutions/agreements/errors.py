"""Refusals about agreements."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class AgreementRefused(DomainError):
    """What was asked of an agreement cannot be."""

    status = 422


class CodeTaken(AgreementRefused):
    """Another agreement has the same number."""

    code = "agreements.code-taken"
    message = _l("Otro convenio ya tiene esa clave.")


class ProgrammeNeeded(AgreementRefused):
    """Somebody who does not reach everything registers agreements of their programmes only."""

    code = "agreements.programme-needed"
    message = _l("Elija el programa al que pertenece el convenio.")


class StartNeeded(AgreementRefused):
    """An agreement that was amended has a first day."""

    code = "agreements.start-needed"
    message = _l("El convenio ya tiene adendas o prórrogas: conserve su fecha de inicio y su plazo.")


class AlreadySigned(AgreementRefused):
    """Only a draft can be discarded."""

    code = "agreements.already-signed"
    status = 409
    message = _l("El convenio ya está firmado: no se borra. Si terminó antes, registre su terminación.")


class NotSigned(AgreementRefused):
    """Nothing is amended before it is signed."""

    code = "agreements.not-signed"
    message = _l("Primero registre desde cuándo rige el convenio.")


class NoTerm(AgreementRefused):
    """What has no last day is not extended."""

    code = "agreements.no-term"
    message = _l("El convenio no tiene plazo: no hay qué prorrogar.")


class AlreadyOver(AgreementRefused):
    """What is over is renewed, not extended."""

    code = "agreements.already-over"
    message = _l(
        "Para esa fecha el convenio ya había terminado: no se prorroga. Registre uno que lo renueve."
    )


class MonthsNeeded(AgreementRefused):
    """An extension says for how long."""

    code = "agreements.months-needed"
    message = _l("Escriba por cuántos meses se prorroga.")


class LastDayOutside(AgreementRefused):
    """An early end is between the first and the last day."""

    code = "agreements.last-day-outside"
    message = _l("El último día debe estar entre el inicio y el fin del convenio.")


class AlreadyRenewed(AgreementRefused):
    """Another agreement carries it on already."""

    code = "agreements.already-renewed"
    status = 409
    message = _l("Ese convenio ya tiene otro que lo renueva.")


class PartyKnown(AgreementRefused):
    """Nobody is a party twice."""

    code = "agreements.party-known"
    message = _l("Esa institución ya es parte del convenio.")


class PartyHasDuties(AgreementRefused):
    """Something hangs from the party."""

    code = "agreements.party-has-duties"
    status = 409
    message = _l("Esta parte responde por obligaciones o compromisos. Primero asígnelos a otra.")


class StateUnknown(AgreementRefused):
    """An obligation and a product have states of their own."""

    code = "agreements.state-unknown"
    message = _l("Elija uno de los estados de la lista.")


class StepBackwards(AgreementRefused):
    """The history of a duty has an order."""

    code = "agreements.step-backwards"
    message = _l("La fecha es anterior a la del último paso registrado.")


class DutyBegun(AgreementRefused):
    """What has a history is not removed."""

    code = "agreements.duty-begun"
    status = 409
    message = _l("Ya tiene pasos registrados: no se borra. Puede marcarse como cancelada.")


class CampaignDatesCrossed(AgreementRefused):
    """A campaign ends before it begins."""

    code = "agreements.campaign-dates-crossed"
    message = _l("El último día no puede ser anterior al primero.")


class CampaignHasEvidence(AgreementRefused):
    """What has evidence happened."""

    code = "agreements.campaign-has-evidence"
    status = 409
    message = _l("La campaña ya tiene alcance o evidencias: no se borra. Puede marcarse como cancelada.")


class CommitmentKnown(AgreementRefused):
    """The same number is promised once."""

    code = "agreements.commitment-known"
    message = _l("El convenio ya tiene ese compromiso. Quítelo para cambiar la cifra.")


class NothingToCount(AgreementRefused):
    """A counter needs a programme or an institution."""

    code = "agreements.nothing-to-count"
    message = _l("Elija una institución del directorio, o ligue el convenio a un programa.")
