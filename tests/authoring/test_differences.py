"""What a draft changes is said as its release would say it."""

from lms.authoring import comparing, queries
from lms.authoring.compiling import read_tree
from lms.authoring.service import add_picture, create_draft, write_files
from lms.core.actors import SYSTEM
from lms.core.clock import now
from lms.courses.service import Declaration, release_tree
from lms.testing.factories.authoring import LESSON, course_files, open_draft_of

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
WITH_PICTURE = "## Lo común\n\n![Una sala](../imagenes/sala.svg)\n"


def test_a_page_with_a_picture_that_nobody_touched_does_not_change(unit):
    with unit():
        files = course_files()
        files[LESSON] = files[LESSON].replace("## Lo común\n".encode(), WITH_PICTURE.encode())
        first = create_draft("con-imagen", files, actor=SYSTEM, now=now())
        add_picture(first, "sala.svg", PICTURE, actor=SYSTEM, now=now())
        tree = read_tree(queries.files_of(first.id))
        made = release_tree(tree, "otra-con-imagen", declared=Declaration(), actor=SYSTEM, now=now())
        draft = open_draft_of(made)
        assert comparing.difference_of(draft, queries.files_of(draft.id)).changes == ()
        changed = tree.files[LESSON].content.replace(b"Este p", b"Aqui este p")
        write_files(draft, {LESSON: changed}, actor=SYSTEM, now=now())
        (change,) = comparing.difference_of(draft, queries.files_of(draft.id)).changes
        assert change.title == "Lección de Señales"
