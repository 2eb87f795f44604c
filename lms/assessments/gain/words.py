"""The sentences that read a gain honestly: who answered, how much, between what and what, and what it does not say."""

from lms.assessments.gain.breakdown import Breakdown, Figures
from lms.assessments.gain.rules import LIGHT, Gain
from lms.core.estimates import ENOUGH, Estimate
from lms.core.i18n import _, current_language
from lms.core.small_cells import Hidden
from lms.web.formats import decimal, percent


def sentences(figures: Figures) -> list[str]:
    """Return what a group's figures say, the attrition first."""
    if isinstance(figures.both, Hidden) or isinstance(figures.enrolled, Hidden):
        return [str(_("El grupo es demasiado pequeño para dar cifras sin que se sepa de alguien."))]
    first = _(
        "De %(enrolled)s personas inscritas, %(both)s respondieron las dos pruebas.",
        enrolled=figures.enrolled,
        both=figures.both,
    )
    if figures.gain is None:
        few = _("Datos insuficientes: hacen falta %(least)s personas con las dos.", least=ENOUGH)
        return [str(first), str(few)]
    return [str(first), *_change(figures.gain), *_third(figures), *_warnings(figures)]


def about_forms(found: Breakdown) -> str:
    """Return whether one form of the quiz is easier than the other; empty when it cannot be known."""
    if found.difference is None:
        return ""
    value = found.difference
    if value.low <= 0 <= value.high:
        text = _("Las dos formas resultan igual de difíciles, hasta donde alcanzan estos datos: %(range)s.")
    elif abs(value.value) < LIGHT:
        text = _("Una forma es algo más fácil, sin peso en el resultado: %(range)s.")
    elif value.value > 0:
        text = _("La forma A es más fácil que la B: %(range)s. Conviene revisar las preguntas de las dos.")
    else:
        text = _("La forma B es más fácil que la A: %(range)s. Conviene revisar las preguntas de las dos.")
    return str(text) % {"range": points_between(value)}


def points_between(value: Estimate) -> str:
    """Return a difference of shares in points with its interval."""
    return str(
        _(
            "%(value)s puntos, entre %(low)s y %(high)s",
            value=points(value.value), low=points(value.low), high=points(value.high),
        )
    )  # fmt: skip


def points(share: float) -> str:
    """Return a difference of shares in points of a hundred, with one decimal."""
    return decimal(round(share * 100, 1), 1, language=current_language())


def number(value: float) -> str:
    """Return a figure without unit with two decimals."""
    return decimal(round(value, 2), 2, language=current_language())


def _change(gain: Gain) -> list[str]:
    language = current_language()
    passed = _(
        "En promedio pasaron de %(before)s a %(after)s: la mejora media es de %(range)s, con 95 %% de confianza.",
        before=percent(round(gain.before.value, 3), language=language),
        after=percent(round(gain.after.value, 3), language=language),
        range=points_between(gain.difference),
    )
    if gain.of_means is None:
        return [str(passed)]
    lacked = _(
        "Ganaron %(share)s de lo que les faltaba saber.",
        share=percent(round(gain.of_means.value, 3), language=language),
    )
    return [str(passed), str(lacked)] if gain.of_means.value > 0 else [str(passed)]


def _third(figures: Figures) -> list[str]:
    """Return what the follow-up says, with how many answered it; nothing where the course has none."""
    if figures.followed is None or isinstance(figures.followed, Hidden):
        return []
    later = figures.gain.later if figures.gain else None
    if later is None:
        few = _(
            "Meses después respondieron %(followed)s de %(both)s: hacen falta %(least)s para decir qué queda.",
            followed=figures.followed, both=figures.both, least=ENOUGH,
        )  # fmt: skip
        return [str(few)]
    language = current_language()
    said = _(
        "Meses después respondieron %(followed)s de %(both)s. Esas personas pasaron de %(before)s a %(after)s, y en "
        "el seguimiento tienen %(value)s: desde el final cambiaron %(range)s.",
        followed=figures.followed, both=figures.both,
        before=percent(round(later.before.value, 3), language=language),
        after=percent(round(later.after.value, 3), language=language),
        value=percent(round(later.value.value, 3), language=language),
        range=points_between(later.since_end),
    )  # fmt: skip
    return [str(said)]


def _warnings(figures: Figures) -> list[str]:
    found = []
    if figures.gain and not figures.gain.is_clear:
        found.append(
            str(_("El intervalo incluye el cero: estos datos no bastan para afirmar que hubo cambio."))
        )
    if figures.both != figures.enrolled:
        found.append(str(_("Nada se sabe de quienes no respondieron las dos: pudo irles de otra manera.")))
    return found
