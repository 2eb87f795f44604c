"""Forms about accounts."""

from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length, Optional, Regexp

from lms.core.i18n import _l
from lms.web.forms import BaseForm, ChoiceField, strip

EMAIL = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    message=_l("Escriba un correo con arroba, por ejemplo nombre@institucion.org"),
)
NEEDED = DataRequired(_l("Escriba este dato."))


class SignInForm(BaseForm):
    """Address and password."""

    email = EmailField(
        _l("Correo"), [DataRequired(_l("Escriba su correo.")), Length(max=254)], filters=[strip]
    )
    password = PasswordField(_l("Contraseña"), [DataRequired(_l("Escriba su contraseña."))])
    stay = BooleanField(_l("Mantener la sesión en este teléfono"))


class AskResetForm(BaseForm):
    """The address to which the link goes."""

    email = EmailField(
        _l("Correo"), [DataRequired(_l("Escriba su correo.")), EMAIL, Length(max=254)], filters=[strip]
    )


class NewPasswordForm(BaseForm):
    """A new password, twice."""

    password = PasswordField(
        _l("Contraseña nueva"),
        [DataRequired(_l("Escriba una contraseña."))],
        description=_l("Al menos 12 caracteres. Una frase de varias palabras es fácil de recordar."),
    )
    again = PasswordField(
        _l("Escríbala otra vez"), [EqualTo("password", _l("Las dos contraseñas no son iguales."))]
    )


class FirstPasswordForm(NewPasswordForm):
    """The first password, and the address with which the person wants to enter."""

    email = EmailField(
        _l("Correo con el que quiere entrar"),
        [Optional(), EMAIL, Length(max=254)],
        filters=[strip],
        description=_l("Puede poner otro, por ejemplo el personal. Sus cursos son los mismos."),
    )


class ProfileForm(BaseForm):
    """What a person may change about themselves."""

    language = ChoiceField(_l("Idioma"))
    appearance = ChoiceField(_l("Apariencia"))
