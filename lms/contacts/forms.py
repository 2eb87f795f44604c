"""Forms about contacts."""

from datetime import date

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SearchField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.contacts.models import Contact
from lms.contacts.queries import ALL, DUE, HELD, RETIRED, UNCONFIRMED
from lms.contacts.rules import ContactValues, Kind
from lms.core.i18n import _, _l
from lms.core.places import find_place, place_name
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip
from lms.web.sectors import SECTORS

NEEDED = DataRequired(_l("Escriba este dato."))
KINDS = (
    (Kind.HOTLINE, _l("Línea telefónica")),
    (Kind.UNIT, _l("Unidad de una institución")),
    (Kind.INSTITUTION, _l("Institución")),
)
TEXTS = ("key", "name", "place", "number", "hours", "address", "url", "source", "note", "to_verify")


class ContactForm(BaseForm):
    """What the directory keeps of a contact."""

    read = HiddenField()
    """Fingerprint of what the contact said when the page was opened: nobody overwrites what they have not seen."""
    name = TextField(
        _l("Nombre"),
        [NEEDED, Length(max=250)],
        description=_l("El de la línea, la unidad o la institución. Nunca el de una persona."),
    )
    key = TextField(
        _l("Clave"),
        [NEEDED, Length(max=60)],
        description=_l("Con ella lo nombran las lecciones, por ejemplo mx-911. No se cambia después."),
    )
    kind = ChoiceField(_l("Qué es"), [NEEDED])
    place = TextField(
        _l("Lugar"),
        [NEEDED, Length(max=10)],
        description=_l("Código del país o del estado: MX, MX-ROO, PE, EC-P. «general» vale en todas partes."),
    )
    number = TextField(
        _l("Número"),
        [NEEDED, Length(max=60)],
        description=_l("Al cambiarlo queda por confirmar."),
    )
    hours = TextField(_l("Horario"), [Optional(), Length(max=120)])
    is_emergency = BooleanField(_l("Es el número de emergencias de ese lugar"))
    sectors = SelectMultipleField(
        _l("Sectores a los que sirve"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Ninguno: sirve a todos."),
    )
    address = TextField(_l("Dirección"), [Optional(), Length(max=250)])
    url = TextField(_l("Sitio"), [Optional(), Length(max=500)])
    source = TextField(
        _l("Fuente"),
        [NEEDED, Length(max=500)],
        description=_l("La página o el documento que publica el número."),
    )
    note = TextAreaField(_l("Nota"), [Optional(), Length(max=500)], filters=[strip], description=NO_CASES)
    to_verify = TextField(
        _l("Qué falta verificar"),
        [Optional(), Length(max=250)],
        description=_l("Si escribe algo, nadie ve el contacto hasta que una persona con nombre lo firme."),
    )

    def fill(self) -> None:
        """Set the choices."""
        self.kind.fill((kind.value, label) for kind, label in KINDS)
        self.sectors.choices = [(sector.id, str(sector.label)) for sector in SECTORS.values()]

    def show(self, contact: Contact) -> None:
        """Show a contact's present data."""
        for name in TEXTS:
            self[name].data = getattr(contact, name)
        self.read.data = contact.values.fingerprint
        self.kind.data = contact.kind.value
        self.is_emergency.data = contact.is_emergency
        self.sectors.data = list(contact.sectors)

    def words(self, name: str) -> str:
        """Return what a field holds, as people read it."""
        held = self[name].data
        if name == "is_emergency":
            return str(_("Sí") if held else _("No"))
        if name == "sectors":
            return ", ".join(str(SECTORS[each].label) for each in held or ()) or "—"
        if name == "kind":
            return next((str(label) for kind, label in KINDS if kind.value == held), "—")
        return str(held or "—")

    def values(self) -> ContactValues:
        """Return what was typed, as the service takes it."""
        texts = {name: str(self[name].data or "") for name in TEXTS if name != "place"}
        typed = str(self.place.data or "")
        return ContactValues(
            **texts,
            place=find_place(typed) or typed,
            kind=Kind(str(self.kind.data)),
            sectors=tuple(self.sectors.data or ()),
            is_emergency=bool(self.is_emergency.data),
        )


class VerifyForm(BaseForm):
    """That a number was checked, and by whom."""

    read = HiddenField()
    """Fingerprint of what was on the page: another number is not confirmed by mistake."""
    verified_by = TextField(
        _l("Cargo de quien lo comprobó"),
        [DataRequired(_l("Escriba el cargo.")), Length(max=200)],
        description=_l("El puesto y la unidad, no el nombre: se muestra a todas las personas."),
    )
    verified_on = DateField(_l("Día en que se comprobó"), [DataRequired(_l("Elija el día."))])

    def propose(self, *, verified_by: str, verified_on: date, read: str) -> None:
        """Offer today and the actor's own post, for what is on the page."""
        self.read.data = read
        self.verified_by.data = verified_by
        self.verified_on.data = verified_on


class SignContactForm(BaseForm):
    """A signature over what a contact says."""

    post = TextField(
        _l("Su cargo"),
        [DataRequired(_l("Escriba su cargo.")), Length(max=200)],
        description=_l("Queda en la historia del contacto junto a su nombre y al día."),
    )
    fingerprint = StringField()
    """Of what was on the page: another number is not signed by mistake."""

    def propose(self, *, post: str, fingerprint: str) -> None:
        """Offer the actor's own post for what is on the page."""
        self.post.data, self.fingerprint.data = post, fingerprint


class ContactFilter(BaseForm):
    """What narrows the list; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = SearchField(_l("Buscar"))
    place = ChoiceField(_l("Lugar"))
    state = ChoiceField(_l("Estado"))

    def fill(self, places: list[str], language: str) -> None:
        """Offer the places of the directory and the states."""
        named = [(place, f"{place_name(place, language)} ({place})") for place in places]
        self.place.fill(named, empty=_("Todos los lugares"))
        states = [
            (DUE, _("Toca comprobar")),
            (UNCONFIRMED, _("Por confirmar")),
            (HELD, _("Espera una firma")),
            (RETIRED, _("Retirados")),
            (ALL, _("Todos")),
        ]
        self.state.fill(states, empty=_("En uso"))
