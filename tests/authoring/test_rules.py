"""Rules of drafts: bytes that stay as they were, names, hashes, searching, four eyes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring import diffs, rules, searching
from lms.authoring.errors import BadPath, OwnReview, ReasonNeeded
from lms.authoring.rules import ReviewState, Standing
from lms.authoring.texts import read_text, write_text
from lms.courses.compiler.source import SourceFile, SourceTree

ENDS = st.sampled_from(["\n", "\r\n", "\r"])
LINES = st.lists(
    st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8), max_size=8
)


@st.composite
def files(draw):
    """Return the bytes of a text file with any line ends, mixed or not, with or without a mark."""
    lines, mark = draw(LINES), draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    text = "".join(line + draw(ENDS) for line in lines) + draw(st.sampled_from(["", "fin"]))
    return mark + text.removeprefix("\ufeff").encode()


def in_a_box(text):
    """Return a text as a browser's box submits it."""
    return text.replace("\n", "\r\n")


@given(files())
def test_what_nobody_edited_stays_byte_for_byte(content):
    text = read_text(content)
    assert "\r" not in text
    assert write_text(content, in_a_box(text)) == content


@given(files(), LINES)
def test_a_box_gets_back_exactly_what_was_typed_into_it(content, lines):
    typed = "\n".join(lines)
    assert read_text(write_text(content, in_a_box(typed))) == typed


@given(st.lists(ENDS, min_size=1, max_size=8), st.integers(0, 8))
def test_a_new_line_leaves_every_other_byte_alone(ends, at):
    known = [f"línea {number}{end}" for number, end in enumerate(ends)]
    content = "".join(known).encode()
    lines = read_text(content).split("\n")
    at = min(at, len(lines) - 1)
    edited = [*lines[:at], "una nueva", *lines[at:]]
    before, _new, after = write_text(content, in_a_box("\n".join(edited))).partition(b"una nueva")
    assert before == "".join(known[:at]).encode()
    assert after.lstrip(b"\r\n") == "".join(known[at:]).encode()


def test_what_a_box_cannot_hold_is_no_text():
    assert read_text(b"\xff\xfe") is None
    assert read_text(b"a\0b") is None


def test_the_hash_of_a_draft_is_that_of_its_release():
    files = {"curso.yaml": b"titulo: X\n", "01-a/b.md": b"texto", "firmas.yaml": b"[]"}
    tree = SourceTree(files={path: SourceFile(path=path, content=body) for path, body in files.items()})
    digests = {path: tree.files[path].sha256 for path in files}
    assert rules.tree_hash(digests) == tree.content_hash
    assert rules.text_hash(digests) == rules.tree_hash(
        {k: v for k, v in digests.items() if k != "firmas.yaml"}
    )


@pytest.mark.parametrize(
    "path", ["03-entrevista/02-momento.md", "imagenes/sala.v2.svg", "glosario.md", " a\\b.md "]
)
def test_sound_names_are_kept(path):
    assert rules.check_path(path) == path.strip().replace("\\", "/")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "a",
        "/a.md",
        "../a.md",
        "a/../b.md",
        "a/.b.md",
        ".a",
        "A.md",
        "ñ.md",
        "a b.md",
        "a/" * 9 + "b.md",
        "x" * 301,
    ],
)
def test_names_that_lead_elsewhere_or_hide_are_refused(path):
    with pytest.raises(BadPath):
        rules.check_path(path)


@pytest.mark.parametrize(
    ("path", "is_safe"),
    [
        ("Lección 1/Título.md", True),
        ("a/../b", False),
        ("a//b", False),
        ("/a", False),
        (".git/config", False),
        ("a\n", False),
    ],
)
def test_names_from_elsewhere_stay_inside(path, is_safe):
    assert rules.is_safe(path) is is_safe


def test_four_eyes():
    assert rules.check_approval(is_own=False, others=0, reason="") is False
    with pytest.raises(OwnReview):
        rules.check_approval(is_own=True, others=1, reason="Hoy no hay nadie más aquí.")
    with pytest.raises(ReasonNeeded):
        rules.check_approval(is_own=True, others=0, reason="  porque sí   ")
    assert rules.check_approval(is_own=True, others=0, reason="Hoy no hay nadie más aquí.") is True


@pytest.mark.parametrize(
    ("state", "is_same", "is_released", "standing"),
    [
        (None, False, False, Standing.EDITING),
        (None, False, True, Standing.RELEASED),
        (ReviewState.OPEN, True, False, Standing.IN_REVIEW),
        (ReviewState.OPEN, False, False, Standing.CHANGED_IN_REVIEW),
        (ReviewState.APPROVED, True, False, Standing.APPROVED),
        (ReviewState.APPROVED, False, False, Standing.EDITING),
        (ReviewState.RETURNED, False, False, Standing.RETURNED),
        (ReviewState.WITHDRAWN, True, False, Standing.EDITING),
    ],
)
def test_how_a_draft_stands(state, is_same, is_released, standing):
    assert rules.standing(state, is_same=is_same, is_released=is_released) is standing


def test_a_difference_by_line_hides_what_is_equal():
    before = "\n".join(f"línea {number}" for number in range(20))
    lines = diffs.by_line(before, before.replace("línea 10", "otra"))
    assert [(line.kind, line.text) for line in lines if line.kind in {"in", "out"}] == [
        ("out", "línea 10"),
        ("in", "otra"),
    ]
    assert [line.number for line in lines if line.kind == "gap"] == [7, 6]
    assert diffs.by_line(before, before) == []


def test_a_difference_by_paragraph_shows_words():
    found = diffs.by_paragraph("Uno dos tres.\n\nIgual.", "Uno DOS tres.\n\nIgual.\n\nNuevo.")
    assert [[(run.kind, run.text) for run in runs if run.kind != "same"] for runs in found] == [
        [("out", "dos"), ("in", "DOS")],
        [("in", "Nuevo.")],
    ]


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_a_difference(before, after):
    added = "".join(
        run.text for runs in diffs.by_paragraph(before, after) for run in runs if run.kind != "out"
    )
    assert bool(diffs.by_line(before, after)) == (before != after)
    assert len(added) <= len(after)


def tree(text, path="a.md"):
    return SourceTree(files={path: SourceFile(path=path, content=text.encode())})


@given(st.text("ab \r\n", max_size=30), st.text("ab", min_size=1, max_size=2), st.text("xy", max_size=2))
def test_replacing_changes_what_was_found_and_nothing_else(text, wanted, by):
    changed, count = searching.replace(tree(text), wanted, by, exact=True)
    assert count == searching.find(tree(text), wanted, exact=True).count
    if count:
        assert changed == {"a.md": text.replace(wanted, by).encode()}
    else:
        assert changed == {}


def test_searching_is_for_text_files_only():
    assert searching.find(tree("hola", "a.png"), "hola", exact=True).files == ()
    assert searching.replace(tree("hola", "firmas.yaml"), "hola", "", exact=True) == ({}, 0)
