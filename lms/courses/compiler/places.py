"""What to say about places that do not exist."""

from lms.core.places import nearest_place


def unknown_place(word: str) -> str:
    """Return the sentence about a place that nobody knows, with the one that was probably meant."""
    near = nearest_place(word)
    advice = (
        f"¿Quiso decir «{near}»?" if near else "Use un código como mx, mx-roo, pe-pun o ec-p, o «general»."
    )
    return f"El lugar «{word}» no existe. {advice}"
