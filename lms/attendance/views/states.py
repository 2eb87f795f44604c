"""The states of a programme: what they are called and worth, one more, one less, and what is asked for."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lms.attendance import effects, states, words
from lms.attendance.credits import minimum_share_of, states_of
from lms.attendance.errors import LetterTaken, StateNeeded
from lms.attendance.forms import NewStateForm, StatesForm, states_form
from lms.attendance.models import AttendanceState
from lms.attendance.permissions import AttendancePermission
from lms.attendance.rules import Mark
from lms.attendance.views.blueprint import bp
from lms.core.auth import current_actor
from lms.core.clock import now
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.i18n import _
from lms.core.policy import requires
from lms.institutions.programmes.access import access_programme
from lms.institutions.programmes.models import Programme
from lms.institutions.programmes.queries import visible_to
from lms.plugins.criteria import State
from lms.web.kit import go, render, say

SET = AttendancePermission.SET_STATES


@bp.get("/attendance/states")
@requires(SET)
def states_index() -> ResponseReturnValue:
    """List the programmes whose states the actor may change."""
    found = db.session.scalars(visible_to(current_actor(), SET)).all()
    return render("attendance/states_index.html", programmes=sorted(found, key=lambda each: each.name))


@bp.get("/attendance/programmes/<uuid:programme_id>/states")
@requires(SET)
def programme_states(programme_id: UUID) -> ResponseReturnValue:
    """Show a programme's states and what it asks for, as a form."""
    programme = access_programme(current_actor(), SET, programme_id)
    known = states_of(programme.id)
    form = states_form(known)
    form.show(known, minimum_share_of(programme.id), programme.attendance_share)
    return _page(programme, known, form)


@bp.post("/attendance/programmes/<uuid:programme_id>/states")
@requires(SET)
def set_states(programme_id: UUID) -> ResponseReturnValue:
    """Show whose standing other values would change; save them once that was seen, or when it is nobody's."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    known = states_of(programme.id)
    form = states_form(known)
    if not form.validate_on_submit():
        return _page(programme, known, form)
    effect = None if form.is_seen(known) else _effect(programme, known, form)
    if effect and effect.changes:
        form.seen.data = form.digest(known)
        return _page(programme, known, form, effect)
    try:
        changed = states.set_states(programme, form.values(known), asked=form.asked(), actor=actor, now=now())
    except LetterTaken as refusal:
        form.refuse(_letter_field(form, refusal.letter), refusal.message)
        return _page(programme, known, form)
    say(_("Cambios guardados.") if changed else _("No había cambios que guardar."))
    return go(url_for(".programme_states", programme_id=programme.id))


@bp.route("/attendance/programmes/<uuid:programme_id>/states/new", methods=["GET", "POST"])
@requires(SET)
def new_state(programme_id: UUID) -> ResponseReturnValue:
    """Give a programme one more state."""
    actor, form = current_actor(), NewStateForm()
    programme = access_programme(actor, SET, programme_id)
    form.fill()
    if form.validate_on_submit():
        try:
            added = states.add_state(
                programme.id, form.values, role=Mark(form.role.data), actor=actor, now=now()
            )
        except LetterTaken as refusal:
            form.refuse("letter", refusal.message)
        else:
            say(_("Se agregó el estado «%(label)s».", label=added.label))
            return go(url_for(".programme_states", programme_id=programme.id))
    status = 422 if form.errors else 200
    return render("attendance/new_state.html", programme=programme, form=form, status=status)


@bp.post("/attendance/programmes/<uuid:programme_id>/states/retire")
@requires(SET)
def retire_state(programme_id: UUID) -> ResponseReturnValue:
    """Offer a state no more, or offer a retired one again."""
    actor = current_actor()
    programme = access_programme(actor, SET, programme_id)
    state = next((each for each in states_of(programme.id) if each.code == request.form.get("state")), None)
    if state is None:
        raise NotFound
    try:
        _turn(state)
    except (LetterTaken, StateNeeded) as refusal:
        say(refusal.message, "error")
    return go(url_for(".programme_states", programme_id=programme.id))


def _turn(state: AttendanceState) -> None:
    actor, label = current_actor(), state.label
    if request.form.get("restore"):
        states.restore_state(state, actor=actor, now=now())
        say(_("«%(label)s» se ofrece otra vez.", label=label))
    else:
        states.retire_state(state, actor=actor, now=now())
        say(_("«%(label)s» ya no se ofrece. Las asistencias que lo tienen lo conservan.", label=label))


def _effect(programme: Programme, known: list[AttendanceState], form: StatesForm) -> effects.Effect | None:
    """Return whose standing the values would change; None when they weigh the same as those that hold."""
    asked, values = form.asked(), form.values(known)
    share = programme.attendance_share if asked.attendance_share is None else float(asked.attendance_share)
    worths = effects.worths_after(known, {code: each.credit for code, each in values.items()}, asked.since)
    is_same = all(
        (worths[each.code].credit, tuple(worths[each.code].earlier)) == (each.credit, each.history)
        for each in known
    )
    if is_same and share == programme.attendance_share:
        return None
    return effects.effect_of(programme, worths, share, now())


def _letter_field(form: StatesForm, letter: str) -> str:
    """Return the last field in which the letter was typed."""
    names: list[str] = [field.name for field in form if field.name.startswith("letter_")]
    return next(name for name in reversed(names) if str(form[name].data or "").upper() == letter)


def _page(
    programme: Programme,
    known: list[AttendanceState],
    form: StatesForm,
    effect: effects.Effect | None = None,
) -> ResponseReturnValue:
    return render(
        "attendance/programme_states.html",
        form=form,
        programme=programme,
        known=known,
        effect=effect,
        words=words,
        standings=State,
        status=422 if form.errors else 200,
    )
