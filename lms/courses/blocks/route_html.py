"""A route as HTML inside a lesson: a list of stations that a screen reader reads in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

from lms.contacts.entries import Entry
from lms.core.places import GENERAL, place_name
from lms.courses.blocks.contact_html import inline_html
from lms.courses.blocks.route_words import on_day, say, where
from lms.courses.compiler.referral import LegalBasis, Route, RouteStep


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """For whom, and how, a route is drawn."""

    language: str
    address: str
    """Of the page that shows the route step by step."""
    step: str = ""
    """Id of the only step to draw; empty draws all."""
    title: str = ""
    sector: str | None = None
    places: tuple[str, ...] = ()
    today: date | None = None
    """None says nothing about validity."""
    contacts: Mapping[str, Entry] = field(default_factory=dict)


def route_address(course: str, key: str) -> str:
    """Return the address of the page that shows a route of a course step by step."""
    return f"/courses/{course}/routes/{key}"


def route_html(route: Route, view: RouteView) -> str:
    """Return the drawing of a route, or of one of its steps, for this reader."""
    label = escape(view.title or route.title, quote=True)
    numbered = list(enumerate(route.steps, start=1))
    shown = [each for each in numbered if each[1].id == view.step] or numbered
    steps = "".join(_station(number, step, route, view) for number, step in shown)
    name = escape(say("steps", view.language), quote=True)
    link = f'<a href="{escape(view.address)}">{escape(say("open", view.language))}</a>'
    return (
        f'<section class="stack gap-3" aria-label="{label}"><p><strong>{label}</strong><br>'
        f"<small>{_about(route, view)}</small></p>"
        f'<div class="route"><ol class="route__list" aria-label="{name}">{steps}</ol></div>'
        f"<p>{link}</p></section>"
    )


def _about(route: Route, view: RouteView) -> str:
    """Return whose route it is, whether it holds, and who answers for it."""
    language = view.language
    sentences = [where(route.place, route.profile, language)]
    if view.places and route.place != GENERAL and route.place not in view.places:
        sentences.append(say("not-yours", language, place=place_name(route.place, language)))
    elif view.places and route.place == GENERAL:
        sentences.append(say("not-yours", language, place=place_name(GENERAL, language)))
    sentences.append(_validity(route, view))
    if route.verified_on:
        day = on_day(route.verified_on, language)
        sentences.append(say("signed", language, verifier=route.verifier, day=day))
    else:
        sentences.append(say("unsigned", language, verifier=route.verifier))
    return " ".join(escape(sentence) for sentence in sentences if sentence)


def _validity(route: Route, view: RouteView) -> str:
    if view.today is None or route.is_valid_on(view.today):
        return ""
    if route.valid_until and route.valid_until < view.today:
        return say("expired", view.language, day=on_day(route.valid_until, view.language))
    return say("not-yet", view.language, day=on_day(route.valid_from, view.language))


def _station(number: int, step: RouteStep, route: Route, view: RouteView) -> str:
    is_own = view.sector is not None and view.sector in step.sectors
    state = "current" if is_own else "todo"
    own = f" · {escape(say('yours', view.language))}" if is_own else ""
    order = say("step-of", view.language, number=number, total=len(route.steps))
    note = " · ".join(escape(part) for part in (order, step.responsible, step.deadline) if part)
    return (
        f'<li class="station" data-state="{state}"><span class="dot" aria-hidden="true">{number}</span>'
        f'<div class="station__text"><span class="station__note">{note}{own}</span>'
        f'<span class="station__name"><strong>{escape(step.title)}</strong></span>{_details(step, view)}</div></li>'
    )


def _details(step: RouteStep, view: RouteView) -> str:
    language = view.language
    contact = view.contacts.get(step.contact)
    lines = [
        escape(step.action),
        _named("document", escape(step.document), language),
        _named("unsafe", escape(step.unsafe), language),
        _named("contact", inline_html(contact, language) if contact else "", language),
        f"<small>{basis_html(step.basis)}</small>" if step.basis else "",
        _to_verify(step, language),
    ]
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _to_verify(step: RouteStep, language: str) -> str:
    """Return the reservation about a step; one that is held back already says it."""
    if not step.is_to_verify or step.is_held_back:
        return ""
    return f"<small><strong>{escape(say('to-verify', language))}</strong></small>"


def _named(name: str, html: str, language: str) -> str:
    return f"<strong>{escape(say(name, language))}</strong> {html}" if html else ""


def basis_html(basis: tuple[LegalBasis, ...]) -> str:
    """Return what a step rests on, as links where the source has an address."""
    return "; ".join(_one_basis(each) for each in basis)


def _one_basis(basis: LegalBasis) -> str:
    words = escape(f"{basis.title}, {basis.article}" if basis.article else basis.title)
    return f'<a href="{escape(basis.url)}" rel="noopener noreferrer">{words}</a>' if basis.url else words
