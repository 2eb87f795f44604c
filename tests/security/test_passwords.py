"""Passwords: nothing that is tried first, whatever is written before or after it."""

import pytest

from lms.accounts.errors import PasswordTooWeak
from lms.accounts.passwords import hash_password, matches
from lms.accounts.rules import check_password
from lms.testing.factories.accounts import PASSWORD

FIRST_TRIED = [
    "1234567890ab", "123456789012", "987654321098", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop123",
    "asdfghjkl123", "zxcvbnmasdfg", "abcdefghijkl", "abc123abc123", "aaaaaaaaaaaa", "administrador",
    "administrator1", "password1234", "passw0rd1234", "p@ssw0rd1234", "contraseña123", "Contraseña2026",
    "bienvenido123", "welcome12345", "iloveyou1234", "teamomucho12", "tequiero1234", "holahola1234",
    "mexico123456", "cancun123456", "changeme1234", "letmein12345", "superman1234", "football1234",
    "unbelievable", "guadalupe123", "quintanaroo1", "trata12345678", "rutarutaruta",
]  # fmt: skip


@pytest.mark.parametrize("password", FIRST_TRIED)
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(PasswordTooWeak):
        check_password(password, email="ana.lopez@example.org")


def test_the_own_address_is_no_password():
    with pytest.raises(PasswordTooWeak):
        check_password("ana.lopez1234", email="ana.lopez@example.org")


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "el mar de Bacalar de noche", "hola vecina del tercer piso", "x7#Kq!pv29&mZ", "ñandú azul 88"],
)
def test_a_long_phrase_of_ones_own_is_welcome(password):
    check_password(password, email="ana.lopez@example.org")


def test_a_person_without_password_has_none_that_fits():
    assert not matches(None, "decoy")
    assert matches(hash_password(PASSWORD), PASSWORD)
