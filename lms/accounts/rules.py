"""Decisions about accounts: names, passwords, devices. Pure."""

import re
from datetime import timedelta

from lms.accounts.errors import PasswordTooWeak
from lms.core.folding import fold

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
SESSION_LIFE = timedelta(hours=12)
REMEMBERED_LIFE = timedelta(days=30)
INVITATION_DAYS = 30
LONGEST_KEY = 400
_JOINED = str.maketrans({"-": " ", **dict.fromkeys("'’ʼ`´.")})
"""Names are written with an apostrophe, a letter like one, or none."""
RESET_HOURS = 2
FIRST_TRIED = (
    "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijkl", "qwerty",
    "asdf", "abc", "contraseña", "password", "passw0rd", "p@ssw0rd", "unbelievable", "administrador",
    "administrator", "bienvenido", "bienvenida", "guadalupe", "basketball", "superman", "football",
    "welcome", "changeme", "cambiame", "temporal", "tequiero", "teamomucho", "teamo", "iloveyou",
    "letmein", "princesa", "sunshine", "secreto", "usuario", "mexico", "chetumal", "cancun", "futbol",
    "hola", "quintana", "trata", "ruta", "roo",
)  # fmt: skip
"""Longer before shorter: what remains of a password without them must still be one."""


def full_name(given_names: str, first_surname: str, second_surname: str) -> str:
    """Return the parts of a name in order, those that there are."""
    return " ".join(part for part in (given_names, first_surname, second_surname) if part)


def public_name(given_names: str, first_surname: str, second_surname: str) -> str:
    """Return given names, first surname and the initial of the second (design system, section 10)."""
    initial = f"{second_surname[0]}." if second_surname else ""
    return " ".join(part for part in (given_names, first_surname, initial) if part)


def name_key(name: str) -> str:
    """Return the words of a name without case, accents, apostrophes, hyphens and order."""
    plain = fold(name).translate(_JOINED)
    return " ".join(sorted(plain.split()))[:LONGEST_KEY]


def email_key(email: str | None) -> str:
    """Return an address without case, accents, dots before the at sign and what follows a plus; empty without one.

    Most servers deliver all of these to one box. The key makes people look twice; it never decides by itself.
    """
    box, _, server = fold(email or "").partition("@")
    return f"{box.partition('+')[0].replace('.', '')}@{server}" if server else ""


def national_id(text: str | None) -> str | None:
    """Return a number of a national register in capitals without spaces and marks; None for an empty one."""
    return re.sub(r"[^0-9A-Z]", "", fold(text or "").upper()) or None


def check_password(password: str, *, email: str) -> None:
    """Accept any long password that is not the first that anybody tries (ASVS 5.0, V6.2).

    Raises PasswordTooWeak.
    """
    folded = fold(password)
    core = folded
    for word in (*FIRST_TRIED, fold(email).split("@")[0]):
        core = core.replace(fold(word), "")
    core = re.sub(r"\d+", "0", core)  # a number added at the end is tried along
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or len(set(core)) < 5:
        raise PasswordTooWeak


def session_life(*, stay: bool) -> timedelta:
    """Return how long a session lasts; ``stay`` is the person's choice on their own device."""
    return REMEMBERED_LIFE if stay else SESSION_LIFE


def device_of(user_agent: str) -> str:
    """Return the kind of browser and system in a few words, for the person's own list of sessions."""
    browsers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
               ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip
    browser = next((name for mark, name in browsers if mark in user_agent), "")
    system = next((name for mark, name in systems if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
