"""The words that contacts and routes add to a lesson, in the language of the course."""

from collections.abc import Mapping
from datetime import UTC, date
from types import MappingProxyType
from typing import Final

from lms.core.places import GENERAL, place_name
from lms.web.formats import medium_date

_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "call": ("Llamar a {name}:", "Call {name}:"),
        "verified": ("Comprobado el {day}.", "Checked on {day}."),
        "unconfirmed": ("Por confirmar.", "Not confirmed."),
        "held": ("Contacto por confirmar", "Contact not confirmed yet"),
        "retired": ("Ya no está en servicio.", "No longer in service."),
        "emergency": ("Si hay riesgo inmediato, llame a {name}:", "In immediate danger, call {name}:"),
        "source": ("Fuente", "Source"),
        "look-up": (
            "Consulte el número de hoy en el directorio:",
            "Look up today's number in the directory:",
        ),
        "directory": ("Directorio de contactos", "Directory of contacts"),
        "route": ("Ruta de canalización", "Referral route"),
        "steps": ("Pasos de la ruta", "Steps of the route"),
        "step-of": ("Paso {number} de {total}", "Step {number} of {total}"),
        "place": ("Ruta de {place}, {profile}.", "Route of {place}, {profile}."),
        "general": ("Ruta general, {profile}.", "General route, {profile}."),
        "not-yours": (
            "De su territorio todavía no hay una ruta: esta es la de {place}.",
            "There is no route of your territory yet: this is the one of {place}.",
        ),
        "expired": ("Esta ruta venció el {day}. Confirme la vigente.", "This route expired on {day}."),
        "not-yet": ("Esta ruta rige desde el {day}.", "This route holds from {day} on."),
        "signed": ("La verificó: {verifier}, el {day}.", "Verified by {verifier} on {day}."),
        "unsigned": (
            "Falta que la verifique: {verifier}.",
            "Still to be verified by {verifier}.",
        ),
        "yours": ("Su sector", "Your sector"),
        "unsafe": ("Si no es seguro:", "If it is not safe:"),
        "document": ("Documento:", "Document:"),
        "contact": ("Contacto:", "Contact:"),
        "to-verify": (
            "Por confirmar con la autoridad de su territorio.",
            "To be confirmed with the authority of your territory.",
        ),
        "held-back": (
            "Este paso espera la confirmación de la autoridad local.",
            "This step waits for the confirmation of the local authority.",
        ),
        "open": ("Abrir la ruta paso a paso", "Open the route step by step"),
        "elsewhere": (
            "La ruta del territorio se consulta en la plataforma.",
            "The route of the territory is on the platform.",
        ),
        "any": ("para todas las personas", "for everybody"),
        "adult": ("para personas adultas", "for adults"),
        "child": ("para niñas, niños y adolescentes", "for children and adolescents"),
        "foreign": ("para personas extranjeras", "for foreign nationals"),
        "indigenous": ("para personas indígenas", "for indigenous people"),
        "disability": ("para personas con discapacidad", "for people with disabilities"),
        "lgbti": ("para personas LGBTI+", "for LGBTI+ people"),
    }
)


def say(word: str, language: str, /, **values: object) -> str:
    """Return a sentence in a language, or in Spanish when the language has none."""
    spanish, english = _WORDS[word]
    return (english if language == "en" else spanish).format(**values)


def on_day(day: date, language: str) -> str:
    """Return a day in words."""
    return medium_date(day, language="en" if language == "en" else "es", timezone=UTC)


def where(place: str, profile: str, language: str) -> str:
    """Return of which place, and for whom, a route is."""
    if place == GENERAL:
        return say("general", language, profile=say(profile, language))
    return say("place", language, place=place_name(place, language), profile=say(profile, language))
