"""A number before a noun has two forms: nobody reads «de 1 instituciones»."""

import re
from pathlib import Path

import lms

ROOT = Path(lms.__file__).parent
NOUNS = (
    "instituciones|personas|sesiones|cohortes|constancias|días|meses|filas|asientos|integrantes|puntos|cifras|"
    "destinatarias|cartas|correos|áreas|adscripciones|nuevas|nuevos"
)
SENTENCE = re.compile(r"""(?<![\w.])_l?\(\s*(["'])((?:(?!\1).)*)\1""", re.DOTALL)
COUNTED = re.compile(rf"%\(\w+\)s ({NOUNS})\b")
NEVER_ONE = (
    "a coma before the point: %(points)s puntos",
    "five at least: Al menos %(minimum)s personas",
    "five at least: Las %(enrolled)s personas inscritas en el trimestre completaron el curso.",
    "five at least: De las %(enrolled)s personas inscritas en el trimestre",
    "five at least: Donde más personas se quedan es entre",
    "half is said in words: %(part)s de cada %(whole)s personas ya completaron el curso",
    "fourteen: Empezaron, no llegan a la mitad y al curso le quedan %(days)s días o menos.",
    "thousands: Hasta %(count)s filas.",
    "hundreds: Revisando: %(done)s de %(total)s filas",
    "hundreds: Guardando: %(done)s de %(total)s filas",
    "two at least: Hay %(count)s instituciones",
)


def test_a_number_before_a_noun_in_plural_has_a_form_for_one():
    may = tuple(each.partition(": ")[2] for each in NEVER_ONE)
    found = [
        f"{path.relative_to(ROOT)}: {sentence}"
        for folder in ("reports", "institutions")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in {".py", ".html"}
        for _quote, sentence in SENTENCE.findall(path.read_text("utf-8"))
        if COUNTED.search(sentence) and not sentence.startswith(may)
    ]
    assert found == [], "write it with n_ or ngettext, or put the noun first: «Filas: %(rows)s»"
