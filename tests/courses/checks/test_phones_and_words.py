"""What looks like a telephone number, and the words that we do not use."""

import pytest

from lms.courses.compiler.checks.avoided import AVOIDED, words_to_avoid_in
from lms.courses.compiler.checks.phones import phone_numbers_in


def words_in(text):
    return [word for _, word, _ in words_to_avoid_in(text, text.lower())]


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


def test_a_telephone_number_is_told_whole():
    assert list(phone_numbers_in("Uno.\nEscriba al (998) 881-2345 hoy.")) == [(17, "(998) 881-2345")]


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
        "Entre las 10 y las 12, 3 de 5 personas.",
        "Llame a 3 de cada 10.",
        "expediente 2024 000 1234",
        "| 12 | 34 |\n| 56 | 78 |",
    ],
)
def test_laws_dates_and_amounts_are_no_telephone_numbers(line):
    assert list(phone_numbers_in(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Una prostituta declaró.",
        "Es una sexoservidora.",
        "El menor fue entrevistado; los menores no.",
        "Un menor de edad viajaba.",
        "Los migrantes ilegales llegaron.",
        "Llegaron varios indocumentados.",
        "Atendió a los sin papeles.",
        "Combatir la trata de blancas.",
        "El tráfico de personas crece.",
        "El turismo sexual infantil crece.",
        "Se debe derivarla al hospital.",
        "La víctima fue derivada al hospital.",
        "Después se deriva a la persona.\nSalud deriva a la víctima.",
        "Era una esclava sexual.",
        "Las venden como mercancía.",
        "Es un flagelo.",
        "Rescataron a tres mujeres.",
        "Las mujeres rescatadas declararon.",
        "Un caso de éxito.",
        "Detecte las señales sospechosas.",
        "Es una persona que padece una discapacidad.",
        "Un sordomudo pidió ayuda.",
        "Los niños de la calle.",
        "Su preferencia sexual.",
        "Los indios del lugar.",
        "Una anciana llegó.",
    ],
)
def test_words_to_avoid_are_seen(line):
    assert words_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Una persona menor de 18 años.",
        "El menor riesgo posible y la menor demora.",
        "No diga «trata de blancas» ni «prostituta».",
        "No diga «trata\nde blancas» nunca.",
        "+ «Los menores, aquí».",
        "+ «Los que\n  son prostitutas».",
        "Su obligación deriva de la ley; puede derivar del convenio.",
        "Es un daño derivado de la trata, y los actos derivados de ella.",
        "Los derivados del maíz y los derivados financieros.",
        "El conflicto puede derivar en violencia.",
        "Quedó a la deriva.",
        "Una canalización (derivación en otros países).",
        "Un acto ilegal de la empresa.",
        "La esclavitud es un delito.",
        "El tráfico ilícito de migrantes.",
        "Rescatar la confianza toma tiempo.",
        "Viajó a la India con Indira.",
        "Cargaron la mercancía en el camión.",
        "Se orienta a la persona indígena.",
    ],
)
def test_other_uses_are_left_alone(line):
    assert words_in(line) == []


def test_each_stem_is_in_what_its_pattern_finds():
    """A stem that no match contains would hide the rule."""
    examples = "\n".join(line for line in test_words_to_avoid_are_seen.pytestmark[0].args[1])
    found = {avoided.stem for avoided in AVOIDED if avoided.pattern.search(examples)}

    assert all(avoided.stem == avoided.stem.lower() for avoided in AVOIDED)
    assert found <= {avoided.stem for avoided in AVOIDED if avoided.stem in examples.lower()}
