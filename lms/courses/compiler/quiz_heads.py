"""Read how a quiz is taken from its front matter: moment, times, forms, draws, shuffling and what is shown when."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from lms.courses.compiler.banks import Bank, Banks
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Question
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.draws import check_draws, check_forms
from lms.courses.compiler.quiz_terms import USUAL_REVIEW, Counting, Draw, Moment, Piece, Review, ReviewTime
from lms.courses.compiler.records import Record
from lms.courses.compiler.sectors import sectors
from lms.courses.compiler.yaml_nodes import YamlNode

KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("tipo", "type"),
            ("titulo", "title"),
            ("minutos", "minutes"),
            ("intentos", "attempts"),
            ("aprobar", "pass"),
            ("mezclar", "shuffle"),
            ("banco", "bank"),
            ("extraer", "draw"),
            ("formas", "forms"),
            ("momento", "moment"),
            ("responde", "answered-by"),
            ("tiempo", "time"),
            ("espera", "wait"),
            ("cuenta", "counts"),
            ("revision", "review"),
        )
        for name in (spanish, english)
    }
)
MOMENTS: Final = MappingProxyType(
    {
        "inicial": Moment.INITIAL, "initial": Moment.INITIAL, "final": Moment.FINAL,
        "seguimiento": Moment.FOLLOW_UP, "follow-up": Moment.FOLLOW_UP,
    }
)  # fmt: skip
RESPONDENTS: Final = MappingProxyType(
    {"persona": False, "person": False, "superior": True, "supervisor": True}
)
"""Whether whoever leads the person answers."""
COUNTINGS: Final = MappingProxyType(
    {
        "mejor": Counting.BEST, "best": Counting.BEST, "ultima": Counting.LAST, "última": Counting.LAST,
        "last": Counting.LAST, "media": Counting.MEAN, "average": Counting.MEAN,
    }
)  # fmt: skip
SHUFFLES: Final = MappingProxyType(
    {
        "no": (False, False), "false": (False, False),
        **dict.fromkeys(("si", "sí", "yes", "true", "opciones", "options"), (True, False)),
        "preguntas": (False, True), "questions": (False, True), "todo": (True, True), "all": (True, True),
    }
)  # fmt: skip
"""Whether options and questions are shuffled."""
_TIMES: Final = MappingProxyType(
    {
        "durante": ReviewTime.DURING, "during": ReviewTime.DURING, "al-enviar": ReviewTime.SUBMITTED,
        "on-submit": ReviewTime.SUBMITTED, "al-cerrar": ReviewTime.CLOSED, "on-close": ReviewTime.CLOSED,
    }
)  # fmt: skip
_PIECES: Final = MappingProxyType(
    {
        "respuesta": Piece.ANSWER, "answer": Piece.ANSWER, "acierto": Piece.RESULT, "result": Piece.RESULT,
        "retroalimentacion": Piece.FEEDBACK, "retroalimentación": Piece.FEEDBACK, "feedback": Piece.FEEDBACK,
        "clave": Piece.KEY, "key": Piece.KEY, "puntos": Piece.POINTS, "points": Piece.POINTS,
    }
)  # fmt: skip
_DRAW_KEYS: Final = MappingProxyType(
    {
        name: spanish
        for spanish, english in (
            ("cuantas", "count"),
            ("modulo", "module"),
            ("nivel", "level"),
            ("sector", "sector"),
            ("objetivo", "objective"),
            ("etiqueta", "tag"),
        )
        for name in (spanish, english)
    }
)
_LEVELS: Final = MappingProxyType({"R": "R", "A": "A", "J": "J", "": ""})
_NOT_IN_SURVEYS: Final = ("intentos", "aprobar", "banco", "extraer", "formas", "cuenta", "espera")
_NOT_IN_FOLLOW_UPS: Final = ("mezclar", "tiempo", "revision")
_NOT_IN_PLANS: Final = (*_NOT_IN_SURVEYS, *_NOT_IN_FOLLOW_UPS, "momento", "responde")
_LAST_MODULE, _LONGEST_MINUTES, _LONGEST_HOURS = 99, 600, 24 * 90


class QuizHead:
    """The front matter of a quiz."""

    def __init__(self, record: Record, banks: Banks, findings: Findings) -> None:
        """Read a record whose keys are those of a quiz; `banks` are those of the course."""
        self._record = record
        self._banks = banks
        self._findings = findings
        self.forms = tuple(self._bank(name, "formas") for name in record.texts("formas"))
        self.banks = tuple(self._bank(name, "banco") for name in dict.fromkeys(record.texts("banco")))

    @property
    def moment(self) -> Moment:
        """Return what the quiz measures."""
        record = self._record
        if record.node("momento") is None:
            return Moment.NONE
        return MOMENTS[record.choice("momento", {name: name for name in MOMENTS}, default="final")]

    @property
    def is_for_superior(self) -> bool:
        """Say whether whoever leads the person answers the survey."""
        record = self._record
        if record.node("responde") is None:
            return False
        return RESPONDENTS[record.choice("responde", {name: name for name in RESPONDENTS}, default="persona")]

    @property
    def pool(self) -> tuple[Question, ...]:
        """Return the questions of the banks, and of those of the forms."""
        used = (bank for bank in (*self.banks, *self.forms) if bank is not None)
        return tuple({each.id: each for bank in used for each in bank.questions}.values())

    @property
    def shuffles(self) -> tuple[bool, bool]:
        """Return whether options and questions are shuffled."""
        return SHUFFLES[self._record.choice("mezclar", {name: name for name in SHUFFLES}, default="no")]

    def _review(self) -> Review:
        """Return what a person may see of an attempt, and when; a time that is not named is the usual one."""
        node = self._record.node("revision")
        if node is None:
            return USUAL_REVIEW
        own = Record(node, self._record.path, {name: name for name in _TIMES}, self._findings)
        said = {_TIMES[name]: self._pieces(own, name) for name in _TIMES if own.node(name) is not None}
        return {**USUAL_REVIEW, **said}

    def check(self, *, is_survey: bool, is_plan: bool = False) -> None:
        """Report the keys that make no sense for this kind of quiz."""
        moment = self.moment
        if is_survey:
            self._check_survey(moment)
        elif is_plan:
            self._refuse(_NOT_IN_PLANS, "Un plan se escribe sin prisa y lo aprueba quien dirige a la persona")
        elif moment in {Moment.INITIAL, Moment.FOLLOW_UP}:
            self._refuse(("aprobar", "intentos"), "Esta medición se responde una vez y no se aprueba")
        if not is_survey and not is_plan:
            self._refuse(("responde",), "A quien dirige a la persona solo se le pregunta en una encuesta")
        if self.forms and (self.banks or self._record.node("extraer") is not None):
            self._refuse(("banco", "extraer"), "Con «formas» cada persona responde una forma entera")
        elif self.forms:
            check_forms(self.forms, self._record, self._findings)

    def _check_survey(self, moment: Moment) -> None:
        self._refuse(_NOT_IN_SURVEYS, "Una encuesta se responde una vez y no se califica")
        if moment is Moment.FOLLOW_UP:
            self._refuse(_NOT_IN_FOLLOW_UPS, "La encuesta de seguimiento es una sola página, sin reloj")
            return
        if moment is not Moment.NONE:
            message = "Una encuesta no mide lo que se sabe: deje «momento: seguimiento» o quite «momento»."
            self._error(Code.BAD_VALUE, self._record.line_of("momento"), message)
        self._refuse(
            ("responde",), "Solo la encuesta de seguimiento pregunta también a quien dirige a la persona"
        )

    def terms(self) -> dict[str, Any]:
        """Return how the quiz is taken, by the names that a quiz gives it."""
        drawn, draws = self._draws()
        record = self._record
        counting = record.choice("cuenta", {name: name for name in COUNTINGS}, default="mejor")
        return {
            "pool": tuple(question.id for question in self.pool),
            "drawn": drawn,
            "draws": draws,
            "forms": tuple(tuple(each.id for each in form.questions) for form in self.forms if form),
            "moment": self.moment,
            "is_for_superior": self.is_for_superior,
            "limit_minutes": self._whole("tiempo", _LONGEST_MINUTES),
            "wait_hours": self._whole("espera", _LONGEST_HOURS) or 0,
            "counting": COUNTINGS[counting],
            "review": self._review(),
        }

    def _whole(self, key: str, at_most: int) -> int | None:
        return None if self._record.node(key) is None else self._record.whole(key, at_most=at_most)

    def _draws(self) -> tuple[int | None, tuple[Draw, ...]]:
        """Return how many questions of the banks each attempt asks and with which tags; None asks them all."""
        record, node = self._record, self._record.node("extraer")
        if node is None or self.forms:
            return None, ()
        if not record.texts("banco"):
            message = "Falta «banco»: diga de cuál se extraen las preguntas, o quite «extraer»."
            self._error(Code.MISSING_KEY, record.line_of("extraer"), message)
            return None, ()
        live = [question for question in self.pool if not question.is_retired]
        if not live or None in self.banks:
            return None, ()  # the bank says what is wrong with it
        if isinstance(node.value, str):
            return record.whole("extraer", at_most=len(live)), ()
        lines = node.value if isinstance(node.value, list) else [node]
        draws = tuple(self._draw(line) for line in lines)
        check_draws(live, draws, [line.line for line in lines], record.path, self._findings)
        return sum(draw.count for draw in draws), draws

    def _draw(self, node: YamlNode) -> Draw:
        own = Record(node, self._record.path, _DRAW_KEYS, self._findings)
        sector = own.text("sector", default="")
        if sector and sector not in sectors("es"):
            message = f"El sector «{sector}» no existe.{did_you_mean(sector, sectors('es'))}"
            self._error(Code.UNKNOWN_SECTOR, node.line, message)
        return Draw(
            count=own.whole("cuantas", at_most=_LAST_MODULE),
            module=self._module(own),
            level=own.choice("nivel", _LEVELS, default=""),
            sector=sectors("es")[sector].id if sector in sectors("es") else "",
            objective=own.text("objetivo", default=""),
            tag=own.text("etiqueta", default=""),
        )

    def _module(self, own: Record) -> int | None:
        return None if own.node("modulo") is None else int(own.number("modulo", at_most=_LAST_MODULE))

    def _pieces(self, own: Record, name: str) -> frozenset[Piece]:
        words = own.texts(name)
        for word in words:
            if word not in _PIECES:
                message = (
                    f"«{word}» no se muestra: use respuesta, acierto, retroalimentacion, clave y puntos."
                )
                self._error(Code.BAD_VALUE, own.line_of(name), message)
        return frozenset(_PIECES[word] for word in words if word in _PIECES)

    def _bank(self, name: str, key: str) -> Bank | None:
        if name not in self._banks:
            message = f"El banco «{name}» no existe en la carpeta bancos.{did_you_mean(name, self._banks)}"
            self._error(Code.UNKNOWN_BANK, self._record.line_of(key), message)
        return self._banks.get(name)

    def _refuse(self, keys: Sequence[str], why: str) -> None:
        for key in keys:
            if self._record.node(key) is not None:
                self._error(Code.UNKNOWN_KEY, self._record.line_of(key), f"{why}: quite «{key}».")

    def _error(self, code: Code, line: int, message: str) -> None:
        self._findings.error(code, self._record.path, line, message)
