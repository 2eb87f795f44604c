"""The forms of the tablet at the door."""

from wtforms import EmailField, HiddenField, PasswordField, RadioField, SearchField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional, Regexp

from lms.attendance.kiosk.rules import PIN
from lms.core.i18n import _, _l
from lms.core.ids import new_token
from lms.institutions.directory.models import Institution
from lms.web.forms import NO_CASES, BaseForm, TextField, strip

NUMBERS = {"inputmode": "numeric", "autocomplete": "off"}


class OpenForm(BaseForm):
    """With which PIN the tablet will be taken away."""

    pin = PasswordField(
        _l("PIN para cerrar la tableta"),
        [DataRequired(_l("Escriba un PIN.")), Regexp(PIN, message=_l("Escriba de 4 a 8 números."))],
        description=_l("De 4 a 8 números. Sin él, nadie sale de la pantalla de registro."),
        render_kw=NUMBERS,
    )


class ExitForm(BaseForm):
    """The PIN again."""

    pin = PasswordField(_l("PIN"), [DataRequired(_l("Escriba el PIN."))], render_kw=NUMBERS)


class NameForm(BaseForm):
    """Part of a name."""

    q = SearchField(
        _l("Escriba su nombre o sus apellidos"),
        [Length(max=120)],
        filters=[strip],
        render_kw={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"},
    )


class StrangerForm(BaseForm):
    """What somebody who is on no list writes."""

    name = TextField(
        _l("Nombre y apellidos"),
        [DataRequired(_l("Escriba su nombre y apellidos.")), Length(min=5, max=200)],
        render_kw={"autocomplete": "off"},
    )
    place = TextField(
        _l("Institución donde trabaja"),
        [DataRequired(_l("Escriba parte del nombre de su institución.")), Length(max=200)],
        description=NO_CASES,
        render_kw={"autocomplete": "off"},
    )
    institution = RadioField(_l("Elija su institución"), [Optional()], choices=[], validate_choice=False)
    email = EmailField(
        _l("Correo"),
        [
            Optional(),
            Length(max=254),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z", message=_l("Revise el correo.")),
        ],
        filters=[strip],
        render_kw={"autocomplete": "off"},
    )
    key = HiddenField(validators=[Length(max=64)])

    def offer(self, found: list[Institution]) -> Institution | None:
        """Offer institutions and return the one that is chosen, or the only one."""
        self.institution.choices = [SelectChoice(str(each.id), each.name) for each in found]
        chosen = {str(each.id): each for each in found}.get(self.institution.data or "")
        if chosen is None and len(found) == 1:
            return found[0]
        return chosen

    def begin(self) -> None:
        """Give the page a key of its own, so that sending it twice makes one person."""
        self.key.data = self.key.data or new_token()

    def refuse_place(self, *, is_found: bool) -> None:
        """Ask to choose, or say that nothing is called so."""
        if is_found:
            self.refuse("institution", _("Elija su institución de la lista."))
        else:
            self.refuse("place", _("No encontramos esa institución. Escriba otra palabra de su nombre."))
