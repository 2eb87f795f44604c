"""Forms about the sessions of a commission."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField, IntegerField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from lms.core.i18n import _, _l
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions.listing import OVERDUE, Narrowing
from lms.institutions.sessions.models import LONGEST_TEXT, AgendaItem, Proposal, Sitting
from lms.institutions.sessions.rules import (
    FOLLOWED,
    AccordState,
    Modality,
    ProposalState,
    QuorumRule,
    SittingKind,
    Vote,
)
from lms.institutions.sessions.values import FollowValues, OutcomeValues, SittingValues, TaskValues
from lms.institutions.sessions.words import ACCORDS, KINDS, MODALITIES, PROPOSALS, QUORUMS
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

NEEDED = DataRequired(_l("Escriba este dato."))
CHOSEN = DataRequired(_l("Elija una opción."))
DAY = InputRequired(_l("Elija el día."))
MOST_NUMBER = 99
MOST_SEATS = 500
VOTES = (Optional(), NumberRange(0, MOST_SEATS, _l("Escriba un número de asientos, desde cero.")))


class SittingForm(BaseForm):
    """Which session it is, when and where."""

    programme = ChoiceField(_l("Comisión"), [CHOSEN])
    kind = ChoiceField(_l("Tipo de sesión"), [CHOSEN])
    number = IntegerField(
        _l("Número en el año"),
        [
            InputRequired(_l("Escriba el número.")),
            NumberRange(1, MOST_NUMBER, _l("Escriba un número entre 1 y 99.")),
        ],
        description=_l("La primera ordinaria del año es la 1; las extraordinarias se cuentan aparte."),
    )
    day = DateField(_l("Fecha"), [DAY])
    hour = TimeField(_l("Hora"), [InputRequired(_l("Escriba la hora."))], default=time(10))
    modality = ChoiceField(_l("Modalidad"), [CHOSEN])
    place = TextField(_l("Lugar o enlace"), [NEEDED, Length(max=250)])

    def fill(self, programmes: Iterable[Programme]) -> None:
        """Set the choices."""
        self.programme.fill((str(each.id), each.name) for each in programmes)
        self.kind.fill((kind.value, label) for kind, label in KINDS.items())
        self.modality.fill((each.value, label) for each, label in MODALITIES.items())

    def show(self, sitting: Sitting, zone: ZoneInfo) -> None:
        """Show what is known, by the clock of the programme."""
        self.programme.data, self.kind.data = str(sitting.programme_id), sitting.kind.value
        self.number.data, self.day.data = sitting.number, sitting.day
        self.hour.data = sitting.starts_at.astimezone(zone).time()
        self.modality.data, self.place.data = sitting.modality.value, sitting.place

    @property
    def programme_id(self) -> UUID:
        """Return the chosen programme."""
        return UUID(str(self.programme.data))

    def values(self, zone: ZoneInfo) -> SittingValues:
        """Return what was written; the hour is of the programme's clock."""
        day = cast("date", self.day.data)
        return SittingValues(
            kind=SittingKind(str(self.kind.data)),
            number=int(self.number.data or 0),
            day=day,
            starts_at=datetime.combine(day, cast("time", self.hour.data), tzinfo=zone),
            modality=Modality(str(self.modality.data)),
            place=str(self.place.data),
        )


class QuorumForm(BaseForm):
    """Which part of the seats makes a quorum."""

    rule = ChoiceField(
        _l("Para abrir una sesión deben estar presentes"),
        [CHOSEN],
        description=_l(
            "Cada asiento cuenta una vez, venga su titular o su alterno. Las invitadas no cuentan."
        ),
    )

    def fill(self) -> None:
        """Set the choices."""
        self.rule.fill((rule.value, label) for rule, label in QUORUMS.items())

    @property
    def wanted(self) -> QuorumRule:
        """Return the chosen rule."""
        return QuorumRule(str(self.rule.data))


class ItemForm(BaseForm):
    """A point of the agenda."""

    title = TextField(_l("Punto del orden del día"), [NEEDED, Length(max=250)], description=NO_CASES)
    note = TextAreaField(
        _l("Qué se dijo, para el acta"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=NO_CASES,
        filters=[strip],
    )

    def show(self, item: AgendaItem) -> None:
        """Show what is known."""
        self.title.data, self.note.data = item.title, item.note


class ProposalForm(BaseForm):
    """Something put to the vote."""

    text = TextAreaField(
        _l("Qué se propone"), [NEEDED, Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )


class TaskForm(BaseForm):
    """Something to be done."""

    text = TextAreaField(
        _l("Qué se hará"), [NEEDED, Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )
    institution = ChoiceField(_l("Institución responsable"))
    due_on = DateField(_l("Para el"), [Optional()])

    def fill(self, institutions: Iterable[tuple[UUID, str]]) -> None:
        """Set the choices: who has a seat or is a guest on the day of the session."""
        self.institution.fill([(str(each), name) for each, name in institutions], empty=_("Toda la comisión"))

    def values(self) -> TaskValues:
        """Return what was written."""
        return TaskValues(
            text=str(self.text.data),
            institution_id=UUID(str(self.institution.data)) if self.institution.data else None,
            due_on=self.due_on.data,
        )


class OutcomeForm(BaseForm):
    """What became of a proposal."""

    state = ChoiceField(_l("Resultado"), [CHOSEN])
    in_favour = IntegerField(_l("Asientos a favor"), VOTES)
    against = IntegerField(_l("Asientos en contra"), VOTES)
    abstained = IntegerField(_l("Abstenciones"), VOTES)

    def fill(self) -> None:
        """Set the choices."""
        self.state.fill(
            (state.value, label) for state, label in PROPOSALS.items() if state is not ProposalState.PENDING
        )

    def show(self, proposal: Proposal) -> None:
        """Show what was noted before."""
        if proposal.state is not ProposalState.PENDING:
            self.state.data = proposal.state.value
            for name in ("in_favour", "against", "abstained"):
                self[name].data = getattr(proposal, name)

    def values(self) -> OutcomeValues:
        """Return what was written."""
        vote = Vote(
            in_favour=self.in_favour.data or 0,
            against=self.against.data or 0,
            abstained=self.abstained.data or 0,
        )
        return OutcomeValues(state=ProposalState(str(self.state.data)), vote=vote)


class FollowForm(BaseForm):
    """How far something agreed came."""

    state = ChoiceField(_l("Estado"), [CHOSEN])
    happened_on = DateField(_l("Desde el"), [DAY])
    note = TextAreaField(
        _l("Nota de seguimiento"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=NO_CASES,
        filters=[strip],
    )

    def fill(self) -> None:
        """Set the choices."""
        self.state.fill((state.value, ACCORDS[state]) for state in FOLLOWED)

    def values(self) -> FollowValues:
        """Return what was written."""
        return FollowValues(
            state=AccordState(str(self.state.data)),
            happened_on=cast("date", self.happened_on.data),
            note=self.note.data or "",
        )


class PaperForm(BaseForm):
    """Which document follows something agreed."""

    paper = ChoiceField(
        _l("Documento"),
        [CHOSEN],
        description=_l(
            "Un informe emitido se cita por su folio. Un cuadro se guarda como está hoy, con folio de la sesión."
        ),
    )

    def fill(self, offered: Iterable[tuple[str, str]]) -> None:
        """Set the choices."""
        self.paper.fill(offered)


class SendForm(BaseForm):
    """To whom the convocation goes."""

    to_all = BooleanField(_l("También a quienes ya la recibieron"))


class NoteForm(BaseForm):
    """What is said about approved minutes."""

    text = TextAreaField(
        _l("Nota aclaratoria"), [NEEDED, Length(max=LONGEST_TEXT)], description=NO_CASES, filters=[strip]
    )


class ProgrammeFilter(BaseForm):
    """Of which commission the sessions are; it travels in the address."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    programme = ChoiceField(_l("Comisión"))

    def fill(self, programmes: Sequence[Programme]) -> None:
        """Set the choices."""
        self.programme.fill([(str(each.id), each.name) for each in programmes], empty=_("Todas"))

    @property
    def programme_id(self) -> UUID | None:
        """Return the programme that is asked for; a value that no list has narrows nothing."""
        return chosen_id(self.programme)

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        return {"programme": str(self.programme.data)} if self.programme_id else {}


class AccordFilter(ProgrammeFilter):
    """What narrows the list of what was agreed; it travels in the address."""

    state = ChoiceField(_l("Estado"))
    institution = ChoiceField(_l("Responsable"))
    until = DateField(_l("Para el, o antes"), [Optional()])

    def fill_all(self, programmes: Sequence[Programme], institutions: Iterable[tuple[UUID, str]]) -> None:
        """Set the choices."""
        self.fill(programmes)
        states = [(state.value, ACCORDS[state]) for state in FOLLOWED]
        self.state.fill([(OVERDUE, _("Vencidos")), *states], empty=_("Todos"))
        self.institution.fill([(str(each), name) for each, name in institutions], empty=_("Todas"))

    def asked(self, sort: str) -> Narrowing:
        """Return what is asked for."""
        return Narrowing(
            state=self.state.data if self.state.data in {OVERDUE, *FOLLOWED} else "",
            institution_id=chosen_id(self.institution),
            programme_id=self.programme_id,
            until=self.until.data,
            sort=sort,
        )

    @property
    def query(self) -> dict[str, str]:
        """Return what the links of the page carry on."""
        names = ("programme", "state", "institution", "until")
        return {name: str(self[name].data) for name in names if self[name].data}


def chosen_id(field: ChoiceField) -> UUID | None:
    """Return the id that was chosen among those offered."""
    offered = {each.value for each in cast("list[Any]", field.choices)}
    return UUID(str(field.data)) if field.data and field.data in offered else None
