"""How hard a Spanish text is to read.

Perspicuity after F. Szigriszt Pazos, *Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad*
(Universidad Complutense de Madrid, 1993): 206.835 - 62.3 x syllables / words - words / sentences. Its grades are those
of the INFLESZ scale (I. M. Barrio-Cantalejo and others, *Anales del Sistema Sanitario de Navarra* 31(2), 2008, pages
135 to 152): below 40 very hard, to 55 rather hard, to 65 normal, to 80 rather easy, above it very easy.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lms.courses.compiler.checks.sentences import Sentence, words_of
from lms.courses.compiler.codes import Code
from lms.courses.compiler.diagnostics import Findings

HARD, VERY_HARD = 55, 40
"""Perspicuity below which INFLESZ calls a text rather hard, and very hard."""
_FEWEST_WORDS = 100
"""A shorter text has no stable mean."""
_WORDS_OF_A_SENTENCE = 8
"""Shorter ones are labels or answers; their mean says nothing."""
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó](?:[iu](?![aeoáéó]))?|[iuü]?[íú]|[iuü]+|\by\b")


def perspicuity(sentences: Iterable[Sentence]) -> float:
    """Return the perspicuity of some sentences, about 0 to 100; 100 for none."""
    texts = [sentence.text for sentence in sentences]
    words = syllables = 0
    for piece, times in Counter("\n".join(texts).split()).items():
        its_words, its_syllables = _measures(piece)
        words += times * its_words
        syllables += times * its_syllables
    if not words:
        return 100.0
    return 206.835 - 62.3 * syllables / words - words / len(texts)


@lru_cache(maxsize=20_000)
def _measures(piece: str) -> tuple[int, int]:
    """Return the words and the syllables of what stands between two spaces."""
    words = words_of(piece)
    return len(words), sum(map(syllables_of, words))


def syllables_of(word: str) -> int:
    """Return the syllables of a Spanish word, at least one; a number counts as one."""
    return len(_NUCLEUS.findall(word.lower())) or 1


def check_readability(path: str, sentences: Sequence[Sentence], findings: Findings) -> None:
    """A lesson is at least of normal difficulty; the sentence to begin with is named."""
    found = perspicuity(sentences)
    if found >= HARD or sum(len(sentence.words) for sentence in sentences) < _FEWEST_WORDS:
        return
    long_ones = [sentence for sentence in sentences if len(sentence.words) >= _WORDS_OF_A_SENTENCE]
    hardest = min(long_ones or sentences, key=lambda sentence: perspicuity([sentence]))
    grade = "muy difícil" if found < VERY_HARD else "algo difícil"
    message = (
        f"El texto es {grade} de leer ({found:.0f} en la escala INFLESZ; lo normal es {HARD} o más): "
        f"empiece por esta frase, la más difícil."
    )
    findings.warning(Code.HARD_TO_READ, path, hardest.line, message)
