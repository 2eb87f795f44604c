"""The editor shows the page to which a file of variants or of a language belongs."""

import pytest

from lms.authoring.preview import find_unit
from lms.authoring.weight import weigh

HEAD = "---\ntitulo: {0}\nminutos: 1\nobjetivo: O.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
LESSON = "01-marco/01-tema.md"
FILES = {
    LESSON: HEAD.format("Tema") + "::: lugar general {id=ley}\nGeneral.\n:::\n",
    f"variantes/mx/{LESSON}": "::: lugar mx {id=ley}\nEn México.\n:::\n",
    f"idiomas/en/{LESSON}": "---\ntitulo: Topic\ntraduce: []\n---\n::: place general {id=ley}\nGeneral.\n:::\n",
}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (LESSON, "Tema"),
        (f"variantes/mx/{LESSON}", "Tema"),
        (f"overlays/mx/{LESSON}", "Tema"),
        (f"idiomas/en/{LESSON}", "Topic"),
        (f"languages/en/{LESSON}", "Topic"),
        (f"idiomas/pt/{LESSON}", None),
        ("idiomas/en/curso.yaml", None),
        ("variantes/mx", None),
        ("idiomas", None),
    ],
)
def test_each_file_leads_to_its_page(compiled, path, title):
    found = find_unit(compiled(FILES).course, path)
    assert (found[1].title if found else None) == title


def test_media_do_not_weigh_on_the_page_of_the_editor(app, compiled):
    video = "::: video ../medios/clip.mp4 Una escucha\nAlguien escucha.\n:::\n"
    course = compiled(
        {
            LESSON: HEAD.format("Tema") + video,
            "medios/clip.mp4": b"\x00\x00\x00\x18ftypmp42" + b"x" * 900_000,
        }
    ).course
    with app.app_context():
        assert weigh(course.modules[0].units[0].parts[0].html, course) < 500_000
