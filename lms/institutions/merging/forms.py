"""Forms about records of one person."""

from wtforms import RadioField, SearchField, StringField
from wtforms.validators import DataRequired, ValidationError

from lms.accounts.models import Person
from lms.core.i18n import _, _l
from lms.institutions.merging.rules import Login, Side, is_confirmed
from lms.web.forms import BaseForm, strip


class OtherForm(BaseForm):
    """Who the same person may be."""

    class Meta(BaseForm.Meta):
        """It only reads."""

        csrf = False

    q = SearchField(_l("Buscar el otro registro por nombre o correo"), filters=[strip])


class MergeForm(BaseForm):
    """Whose address and password survive, and the word."""

    address = RadioField(_l("Correo con el que entra y recibe avisos"))
    password = RadioField(_l("Contraseña que sigue valiendo"))
    word = StringField(
        _l("Escriba FUSIONAR para confirmar"),
        [DataRequired(_l("Escriba la palabra para confirmar."))],
        filters=[strip],
    )

    def fill(self, kept: Person, gone: Person) -> None:
        """Offer what the two records have; where only one has something, there is nothing to choose."""
        self._offer("address", {Side.KEPT: kept.email, Side.GONE: gone.email})
        passwords = {
            side: _("La de %(account)s", account=person.email or person.name) if person.has_accepted else None
            for side, person in ((Side.KEPT, kept), (Side.GONE, gone))
        }
        self._offer("password", passwords)

    def validate_word(self, field: StringField) -> None:
        """Refuse another word."""
        if not is_confirmed(field.data or ""):
            raise ValidationError(_("Escriba FUSIONAR, tal cual."))

    def login(self, default: Login) -> Login:
        """Return what was chosen, the default where there was no choice."""
        chosen = {
            name: Side(self[name].data) if name in self and self[name].data else getattr(default, name)
            for name in ("address", "password")
        }
        return Login(address=chosen["address"], password=chosen["password"])

    def _offer(self, name: str, labels: dict[Side, str | None]) -> None:
        if all(labels.values()):
            self[name].choices = [(side.value, str(label)) for side, label in labels.items()]
        else:
            del self[name]
