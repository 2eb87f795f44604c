"""Refusals about contacts."""

from lms.core.errors import DomainError
from lms.core.i18n import _l


class KeyTaken(DomainError):
    """Another contact has the key; lessons name contacts by it."""

    code = "contacts.key-taken"
    status = 422
    message = _l("Otro contacto ya usa esa clave. Escriba otra.")


class KeyFrozen(DomainError):
    """Lessons and routes that are already published name the contact by its key."""

    code = "contacts.key-frozen"
    status = 422
    message = _l("La clave no se cambia: las lecciones publicadas nombran el contacto con ella.")


class ContactInvalid(DomainError):
    """Something of a contact is not as it must be; ``field`` says what, and the sentence how."""

    code = "contacts.invalid"
    status = 422
    message = _l("Revise los datos del contacto.")

    def __init__(self, field: str, sentence: str) -> None:
        """Keep the field beside which the sentence goes."""
        super().__init__()
        self.field = field
        self.sentence = sentence

    def __str__(self) -> str:
        """Return what is wrong."""
        return str(self.sentence)


class ContactRetired(DomainError):
    """A retired contact is brought back before anybody confirms it."""

    code = "contacts.retired"
    status = 409
    message = _l("Este contacto está retirado. Vuelva a ponerlo en el directorio antes de confirmarlo.")


class ContactNotRead(DomainError):
    """What is signed is not what the contact says now, or the contact asks for no signature."""

    code = "contacts.not-read"
    status = 409
    message = _l("El contacto cambió mientras lo leía, o ya no pide firma. Vuelva a leerlo antes de firmar.")


class ContactMoved(DomainError):
    """Somebody else corrected the contact after the page was read; nothing was written."""

    code = "contacts.moved"
    status = 409
    message = _l(
        "Otra persona cambió este contacto mientras usted lo leía. Nada se guardó: compare y decida."
    )


class DirectoryUnreadable(DomainError):
    """The file of the directory cannot be read as YAML."""

    code = "contacts.directory-unreadable"
    status = 422
    message = _l("El archivo del directorio no se entiende. Debe ser una lista en YAML, guardada en UTF-8.")
