"""Compiling: the flagship course from its folder to a course, against bare Markdown over the same text."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nh3
from markdown import Markdown

from bench.rows import Row, against
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import compile_course
from lms.plugins.blocks import MarkdownBlock, by_name

FOLDER = Path(__file__).resolve().parent.parent / "content/courses/ruta-deteccion-canalizacion"
EXTENSIONS = ("tables", "footnotes", "attr_list", "def_list", "abbr", "sane_lists")
ROUNDS = 5


def measure() -> Iterator[Row]:
    """Give the seconds of a compilation and of its floor, the first and the median of a few."""
    blocks = by_name(BUILT_IN_BLOCKS)
    pages = sorted(FOLDER.rglob("*.md"))
    floor_times = _timed(lambda: _convert(pages))
    times = _timed(lambda: _compile(blocks))
    floor = Row(name="markdown-and-nh3.median", value=1000 * statistics.median(floor_times), unit="ms")
    yield floor
    yield against("compile.median", 1000 * statistics.median(times), "ms", floor)
    yield against("compile.first", 1000 * times[0], "ms", floor)
    yield Row(name="compile.per-page", value=1000 * statistics.median(times) / len(pages), unit="ms")
    yield Row(name="course.pages", value=len(pages), unit="files")
    yield Row(name="course.words", value=sum(len(_text(page).split()) for page in pages), unit="words")


def _timed(work: Callable[[], None]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return times


def _convert(pages: list[Path]) -> None:
    for page in pages:
        nh3.clean(Markdown(extensions=list(EXTENSIONS)).convert(_text(page)))


def _compile(blocks: Mapping[str, MarkdownBlock]) -> None:
    compilation = compile_course(FOLDER, blocks)
    if compilation.course is None:
        message = f"the course has {len(compilation.diagnostics)} problems"
        raise RuntimeError(message)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")
