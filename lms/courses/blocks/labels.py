"""The words that blocks add to what the author writes, in the language of the course."""

from datetime import date
from types import MappingProxyType

_MEGABYTE = 1_000_000
_MONTHS = MappingProxyType(
    {
        "es": (
            "enero", "febrero", "marzo", "abril", "mayo", "junio",
            "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ),
        "en": (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
    }
)  # fmt: skip

_LABELS = MappingProxyType(
    {
        "say": {"es": "Diga", "en": "Say"},
        "avoid": {"es": "Evite", "en": "Avoid"},
        "fictional": {
            "es": "Caso ficticio con fines de formación",
            "en": "Fictional case for training purposes",
        },
        "play-case": {"es": "Ir al caso práctico", "en": "Go to the case"},
        "video": {"es": "Video", "en": "Video"},
        "audio": {"es": "Audio", "en": "Audio"},
        "captions": {"es": "Subtítulos", "en": "Captions"},
        "transcript": {"es": "Transcripción", "en": "Transcript"},
        "download": {"es": "Descargar", "en": "Download"},
        "source": {"es": "Fuente", "en": "Source"},
        "article": {"es": "artículo", "en": "article"},
        "checked": {"es": "consultada el", "en": "checked on"},
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


def weight(size: int, language: str) -> str:
    """Return the size of a file as people read it: «312 KB», «3,2 MB»."""
    if size < _MEGABYTE:
        return f"{max(round(size / 1000), 1)} KB"
    number = f"{size / _MEGABYTE:.1f}"
    return f"{number if language == 'en' else number.replace('.', ',')} MB"


def day_in_words(day: date, language: str) -> str:
    """Return a date as people write it: «1 de noviembre de 2026», "1 November 2026"."""
    if language == "en":
        return f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}"
    return f"{day.day} de {_MONTHS['es'][day.month - 1]} de {day.year}"
