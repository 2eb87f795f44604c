"""What looks like a telephone number, and the words that we do not use."""

import pytest

from lms.courses.compiler.wording import phone_numbers_in, words_to_avoid_in


@pytest.mark.parametrize(
    "line",
    [
        "Escriba al 998 123 4567.",
        "Llame al 911 si hay riesgo.",
        "Teléfono: (998) 881-2345",
        "Marque 01 800 553 3000.",
        "+52 55 1234 5678",
        "La línea nacional gratuita 1818.",
        "celular 987 654 321",
    ],
)
def test_telephone_numbers_are_seen(line):
    assert list(phone_numbers_in(line))


@pytest.mark.parametrize(
    "line",
    [
        "Ley General, artículos 10, 11 y 13.",
        "Decreto Supremo núm. 007-2023-IN.",
        "Ley 26.364 y Ley N.º 28950.",
        "Resolución 55/25 de 2000, artículo 1234567.",
        "Entre 2010-2013 y 2024–2026.",
        "El 2026-11-21 o el 21-11-2026.",
        "Atendieron a 1 200 000 personas en 2024.",
        "[guía](https://example.org/1234567890)",
        "Entre las 10 y las 12, 3 de 5 personas.",
        "Llame a 3 de cada 10.",
        "expediente 2024 000 1234",
    ],
)
def test_laws_dates_and_amounts_are_no_telephone_numbers(line):
    assert list(phone_numbers_in(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Una prostituta declaró.",
        "El menor fue entrevistado; los menores no.",
        "Un menor de edad viajaba.",
        "Los migrantes ilegales llegaron.",
        "Combatir la trata de blancas.",
        "El turismo sexual infantil crece.",
        "Se debe derivarla al hospital.",
        "Era una esclava sexual.",
    ],
)
def test_words_to_avoid_are_seen(line):
    assert list(words_to_avoid_in(line))


@pytest.mark.parametrize(
    "line",
    [
        "Una persona menor de 18 años.",
        "El menor riesgo posible y la menor demora.",
        "No diga «trata de blancas» ni «prostituta».",
        "+ «Los menores, aquí».",
        "Su obligación deriva de la ley; puede derivar del convenio.",
        "Un acto ilegal de la empresa.",
    ],
)
def test_other_uses_are_left_alone(line):
    assert list(words_to_avoid_in(line)) == []
