"""What the editor says in the browser: the page carries every sentence that its modules ask for, and no other."""

import re

from lms.authoring.editor_words import PHRASES, WORDS, editor_words
from lms.core.i18n import speaking
from lms.web.assets import STATIC_FOLDER

MODULES = [STATIC_FOLDER / "js" / "editor.js", *sorted((STATIC_FOLDER / "js" / "editor").glob("*.js"))]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)


def test_every_sentence_that_is_asked_for_is_there():
    asked = set(re.findall(r'\b(?:say|show|wait)\(\s*"(\w+)"', CODE))
    assert asked
    assert asked <= set(WORDS)


def test_no_sentence_is_left_over():
    assert [name for name in WORDS if f'"{name}"' not in CODE] == []


def test_every_phrase_is_one_of_the_bundle():
    bundle = (STATIC_FOLDER / "vendor" / "codemirror.js").read_text(encoding="utf-8")
    assert [phrase for phrase in PHRASES if phrase not in bundle] == []


def test_the_sentences_are_in_the_language_of_the_page(app):
    with app.test_request_context(), speaking("es"):
        words = editor_words()
    assert words["saving"] == "Guardando…"
    assert words["phrases"]["Find"] == "Buscar"
