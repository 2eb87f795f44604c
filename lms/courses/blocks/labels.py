"""The words that blocks add to what the author writes, in the language of the course."""

from types import MappingProxyType

_LABELS = MappingProxyType(
    {
        "say": {"es": "Diga", "en": "Say"},
        "avoid": {"es": "Evite", "en": "Avoid"},
        "fictional": {
            "es": "Caso ficticio con fines de formación",
            "en": "Fictional case for training purposes",
        },
        "your-place": {
            "es": "Usted ve este apartado por el lugar donde trabaja",
            "en": "You see this section because of where you work",
        },
        "your-sector": {
            "es": "Usted ve este apartado por su sector",
            "en": "You see this section because of your sector",
        },
    }
)


def label(name: str, language: str) -> str:
    """Return a label in a language, or in Spanish when the language has none."""
    return _LABELS[name].get(language, _LABELS[name]["es"])
