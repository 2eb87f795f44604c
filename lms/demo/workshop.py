"""A workshop that is graded by hand: essays and maps, some waiting, some graded, some read by one of two markers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from lms.accounts.models import Person
from lms.assessments.attempts import service as answering
from lms.assessments.attempts.files import keep_file
from lms.assessments.attempts.grading import Opinion
from lms.assessments.attempts.models import Answer, Attempt
from lms.assessments.attempts.queries import QuizUnit, get_quiz
from lms.assessments.attempts.saving import get_slip
from lms.assessments.grading import service as grading
from lms.core.actors import SYSTEM, Actor
from lms.core.db import db
from lms.courses.models import Release, Unit, UnitKind
from lms.demo.pictures import map_of_a_route
from lms.institutions.programmes.models import Programme
from lms.learning import service as learning
from lms.learning.models import Cohort, Completion, Enrolment, Modality

COURSE: Final = "taller-de-practica"
BEGAN_DAYS_AGO, DAYS = 78, 98
ESSAYS: Final = (
    (
        "Primero le pregunto si quiere que llame y si prefiere esperar en otro lugar. Si dice que no, le "
        "dejo la tarjeta y le digo que puede volver. Llamo a trabajo social del hospital; si no contestan, "
        "a la guardia del DIF. Digo que una mujer adulta necesita lugar para esta noche y pregunto a qué "
        "hora la reciben. No cuento su historia."
    ),
    (
        "Llamo a la línea de la Comisión y explico todo lo que me contó para que no tenga que repetirlo. Le "
        "digo a ella que ya viene alguien."
    ),
    (
        "Acuerdo con ella qué puedo decir y a quién. Llamo a la Fiscalía, al área de atención a víctimas, y "
        "pregunto si hay alguien de turno. Digo: una mujer adulta, sin documentos, hoy no quiere volver a "
        "donde trabaja. Pregunto cuándo la reciben y quién la acompaña. Si no contestan en diez minutos, "
        "llamo al Instituto de la Mujer."
    ),
    (
        "Le ofrezco agua y un lugar donde no se oiga. Le pregunto qué quiere que pase hoy. Con su permiso "
        "llamo a la Secretaría y pido lugar. Si no hay, busco otra institución."
    ),
    (
        "Llamo a la policía para que recupere sus documentos.\n\n"
        "Después llamo al DIF y pregunto si hay lugar. Le aviso a ella cuando me contesten."
    ),
)
"""What people wrote; the first two are graded, the others wait."""
GRADED: Final = (
    ({"a": 2, "b": 2, "c": 2}, "Muy clara. Me sirve que diga qué hace si le dice que no."),
    (
        {"a": 0, "b": 1, "c": 0},
        "Antes de llamar falta su acuerdo, y contar todo la expone. Lea otra vez la lección 6.3.",
    ),
)
PHRASES: Final = (
    "Falta decir qué hace si la persona no quiere.",
    "Nombre el área, no solo la institución.",
    "Diga lo mínimo: la historia la cuenta ella si quiere.",
)
MAPS: Final = 3
FIRST_MARKS: Final = (
    ({"a": 2, "b": 2, "c": 1}, "Están todos los pasos. Falta el domingo."),
    ({"a": 1, "b": 1, "c": 0}, "Los teléfonos no dicen cuándo se comprobaron."),
)
"""What the first of two markers said of the first maps."""
SECOND_MARK: Final = ({"a": 2, "b": 2, "c": 2}, "Se entiende sin explicación.")
"""What the second one says of the map that the first marked low: they differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markers:
    """Who grades."""

    trainer: Actor
    coordinator: Actor


def write_workshop(
    release: Release, programme: Programme, graduates: Cohort, markers: Markers, *, now: datetime
) -> None:
    """Play a workshop of a few people who completed the course before."""
    cohort = _cohort(release, programme, now)
    essay, maps = _quizzes(release)
    people = _graduates(graduates, len(ESSAYS) + MAPS)
    enrolments = [
        learning.enrol(cohort, person, sector=sector, actor=SYSTEM, now=now - timedelta(days=20))
        for person, sector in people
    ]
    for at, (enrolment, text) in enumerate(zip(enrolments, ESSAYS, strict=False)):
        sent = now - timedelta(days=len(ESSAYS) - at, hours=3 * at)
        answer = _write(enrolment, essay, text, sent)
        if at < len(GRADED):
            grading.grade(
                answer, _opinion(*GRADED[at]), reason="", may_settle=False, actor=markers.trainer, now=now
            )
    for text in PHRASES:
        grading.keep_phrase(text, cohort_id=cohort.id, actor=markers.trainer, now=now)
    grading.set_second_markers(cohort, maps.id, is_double=True, actor=markers.coordinator, now=now)
    _hand_in_maps(enrolments[-MAPS:], maps, markers, now)


def _cohort(release: Release, programme: Programme, now: datetime) -> Cohort:
    starts_on = now.date() - timedelta(days=BEGAN_DAYS_AGO)
    return learning.create_cohort(
        programme=programme,
        release=release,
        name="Taller de práctica",
        modality=Modality.ONLINE,
        venue="",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=DAYS),
        capacity=None,
        actor=SYSTEM,
        now=now,
    )


def _quizzes(release: Release) -> list[QuizUnit]:
    units = (
        select(Unit.id)
        .where(Unit.release_id == release.id, Unit.kind == UnitKind.QUIZ)
        .order_by(Unit.position)
    )
    return [get_quiz(unit_id) for unit_id in db.session.scalars(units)]


def _graduates(cohort: Cohort, count: int) -> list[tuple[Person, str | None]]:
    """Return some people who completed the course, but nobody whose account visitors try."""
    rows = db.session.execute(
        select(Person, Completion.sector)
        .join(Completion, Completion.person_id == Person.id)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id, Person.email.like("participante.%"))
        .order_by(Person.email)
        .limit(count)
    )
    return [(person, sector) for person, sector in rows]


def _write(enrolment: Enrolment, quiz: QuizUnit, text: str, at: datetime) -> Answer:
    attempt = answering.start_attempt(enrolment, quiz, actor=SYSTEM, now=at - timedelta(minutes=25))
    question = attempt.question_ids[0]
    answer = answering.save_answer(attempt, question, [text], now=at - timedelta(minutes=2))
    answering.submit(attempt, actor=SYSTEM, now=at)
    return answer


def _hand_in_maps(enrolments: list[Enrolment], quiz: QuizUnit, markers: Markers, now: datetime) -> None:
    """Hand in one map each: two markers differ about the first, one read the second, nobody the third."""
    for at, enrolment in enumerate(enrolments):
        sent = now - timedelta(days=MAPS - at, hours=2)
        attempt = answering.start_attempt(enrolment, quiz, actor=SYSTEM, now=sent - timedelta(hours=1))
        question = attempt.question_ids[0]
        name = f"mapa de mi ruta {at + 1}.png"
        keep_file(get_slip(attempt.id), question, name=name, content=map_of_a_route(at), now=sent)
        answering.submit(attempt, actor=SYSTEM, now=sent)
        _mark(attempt, at, markers, now)


def _mark(attempt: Attempt, at: int, markers: Markers, now: datetime) -> None:
    answer = db.session.scalars(select(Answer).where(Answer.attempt_id == attempt.id)).one()
    if at < len(FIRST_MARKS):
        first = FIRST_MARKS[1 - at]
        grading.grade(
            answer, _opinion(*first), reason="", may_settle=False, actor=markers.coordinator, now=now
        )
    if at == 0:
        grading.grade(
            answer, _opinion(*SECOND_MARK), reason="", may_settle=False, actor=markers.trainer, now=now
        )


def _opinion(levels: Mapping[str, int], comment: str) -> Opinion:
    return Opinion(levels=levels, comment=comment)
