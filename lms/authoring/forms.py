"""Forms about drafts and their files."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional, Regexp

from lms.authoring.models import Part
from lms.core.i18n import _l
from lms.courses.changes import ChangeClass
from lms.courses.compiler.slugs import SLUG
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

LONGEST_NOTE = 4000


class DraftFilter(BaseForm):
    """What narrows the list of drafts; it travels in the address."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = TextField(_l("Buscar"), [Optional(), Length(max=120)])


class NewDraftForm(BaseForm):
    """A course that is not there yet."""

    title = TextField(
        _l("Título del curso"),
        [DataRequired(_l("Escriba el título.")), Length(max=200)],
        description=NO_CASES,
    )
    slug = TextField(
        _l("Dirección"),
        [
            Optional(),
            Length(max=80),
            Regexp(SLUG.pattern + "$", message=_l("Use minúsculas, números y guiones.")),
        ],
        description=_l(
            "Como se verá en la barra del navegador: deteccion-en-salud. Vacía, se hace del título."
        ),
    )


class NewFileForm(BaseForm):
    """A file that is not there yet."""

    kind = RadioField(
        _l("Qué va a escribir"),
        choices=[
            SelectChoice("lesson", _l("Una lección")),
            SelectChoice("quiz", _l("Un cuestionario")),
            SelectChoice("simulation", _l("Una simulación")),
            SelectChoice("bank", _l("Un banco de preguntas")),
            SelectChoice("file", _l("Otro archivo de texto")),
        ],
        default="lesson",
    )
    name = TextField(
        _l("Nombre del archivo, con su carpeta"),
        [DataRequired(_l("Escriba el nombre.")), Length(max=200)],
        description=_l(
            "Por ejemplo, 03-entrevista/02-momento-a-solas.md. La carpeta es la del módulo; la de un banco, bancos."
        ),
    )


class MoveForm(BaseForm):
    """The other name of a file."""

    name = TextField(
        _l("Nombre nuevo, con su carpeta"),
        [DataRequired(_l("Escriba el nombre.")), Length(max=200)],
        description=_l("Los enlaces de otras páginas no cambian solos: el panel de problemas dirá cuáles."),
    )


class UploadForm(BaseForm):
    """A picture to use in a lesson."""

    file = FileField(
        _l("Imagen"),
        [FileRequired(_l("Elija una imagen."))],
        description=_l("svg, png o webp, de 3 MB como mucho. Que no muestre a personas reales de un caso."),
    )
    path = StringField()
    """The page in which it will stand."""


class SearchForm(BaseForm):
    """What to look for in all files of a draft."""

    class Meta(BaseForm.Meta):
        csrf = False

    # No filter: a space at the end may be exactly what is looked for.
    q = StringField(_l("Buscar"), [Optional(), Length(max=200)])
    by = StringField(_l("Reemplazar por"), [Optional(), Length(max=200)])
    exact = BooleanField(_l("Distinguir mayúsculas y minúsculas"))


class PersonForm(BaseForm):
    """Somebody to invite to a draft."""

    email = EmailField(
        _l("Correo de su cuenta"),
        [DataRequired(_l("Escriba el correo.")), Length(max=254)],
        filters=[strip],
    )
    part = RadioField(
        _l("Para qué"),
        choices=[
            SelectChoice(Part.AUTHOR.value, _l("Escribir con usted")),
            SelectChoice(Part.REVIEWER.value, _l("Revisar y firmar")),
        ],
        default=Part.AUTHOR.value,
    )


class AskForm(BaseForm):
    """A request for review."""

    note = TextAreaField(
        _l("Qué conviene leer con cuidado"),
        [Optional(), Length(max=LONGEST_NOTE)],
        description=NO_CASES,
    )


class CommentForm(BaseForm):
    """A remark about a line of a file."""

    path = ChoiceField(_l("Archivo"))
    line = StringField(_l("Línea"), [Optional(), Regexp(r"\d{1,6}$", message=_l("Escriba un número."))])
    text = TextAreaField(
        _l("Comentario"),
        [DataRequired(_l("Escriba el comentario.")), Length(max=LONGEST_NOTE)],
        description=NO_CASES,
    )

    def fill_paths(self, paths: Iterable[str]) -> None:
        """Offer the files of the draft."""
        self.path.fill(((path, path) for path in paths), empty=_l("Todo el curso"))


class DecisionForm(BaseForm):
    """How a review ends."""

    note = TextAreaField(_l("Nota"), [Optional(), Length(max=LONGEST_NOTE)], description=NO_CASES)


class ReleaseForm(BaseForm):
    """What the author declares about a new release."""

    change_class = RadioField(
        _l("Qué cambia"),
        choices=[
            SelectChoice(ChangeClass.TYPO.value, _l("Errata: nadie tiene que volver a leer")),
            SelectChoice(ChangeClass.CONTENT.value, _l("Contenido: cambia lo que se enseña")),
            SelectChoice(
                ChangeClass.ASSESSMENT.value,
                _l("Evaluación: cambia lo que se pregunta o lo que hace falta para aprobar"),
            ),
        ],
    )
    notes = TextAreaField(
        _l("Qué cambió, para quienes estudian"),
        [Optional(), Length(max=LONGEST_NOTE)],
        description=_l("Una o dos frases. Se muestran junto a la versión."),
    )
    drops = BooleanField(_l("Se quita a propósito: quien estudia y pase a esta versión ya no lo tendrá"))
    lost = StringField()
    """The names that were on the page beside the box: what was not read there is not stated."""

    @property
    def stated(self) -> frozenset[str]:
        """Return the pages and questions that the author says go on purpose."""
        return frozenset((self.lost.data or "").split()) if self.drops.data else frozenset()


class SignForm(BaseForm):
    """A signature over an exact text."""

    post = TextField(
        _l("Su cargo"),
        [DataRequired(_l("Escriba su cargo.")), Length(max=160)],
        description=_l("Queda en el curso junto a su nombre."),
    )
    note = TextField(_l("Nota"), [Optional(), Length(max=250)], description=NO_CASES)
    fingerprint = StringField()
    """Of the text that was on the page: another text is not signed by mistake."""
