"""Compiling: a whole course from its folder, one changed lesson, and what an author waits for while typing.

The floor is Python-Markdown with the same extensions and the sanitiser over the same text, and nothing else. Of the
rounds of each the fastest counts: what is slower is the rest of the machine.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nh3
from markdown import Markdown

from bench.rows import Row, against
from bench.sample_course import write_course
from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.compile import Compilation, compile_course, compile_tree
from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.source import SourceFile, SourceTree, read_tree
from lms.plugins.blocks import by_name

FLAGSHIP = Path(__file__).resolve().parent.parent / "content/courses/ruta-deteccion-canalizacion"
EXTENSIONS = ("tables", "footnotes", "attr_list", "def_list", "abbr", "sane_lists", "fenced_code")
ROUNDS = 5
EDITS = 20
BLOCKS = by_name(BUILT_IN_BLOCKS)


@dataclass(slots=True)
class _Times:
    """Milliseconds of each round."""

    floor: list[float]
    """A converter for each page, as `markdown.markdown` makes one."""
    floor_reused: list[float]
    """One converter for all."""
    cold: list[float]


def measure() -> Iterator[Row]:
    """Give the milliseconds of compiling two courses against their floors, and of compiling one after an edit."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "curso-de-medida"
        lessons = write_course(folder)
        cold = yield from _cold("course", folder)
        yield from _edited(folder, lessons, cold)
    yield from _cold("flagship", FLAGSHIP)


def _cold(name: str, folder: Path) -> Generator[Row, None, Row]:
    texts = [page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*.md"))]
    times = _Times([], [], [])
    for _ in range(ROUNDS):
        times.floor.append(_milliseconds(lambda: _convert(texts)))
        times.floor_reused.append(_milliseconds(lambda: _convert_reused(texts)))
        times.cold.append(_milliseconds(lambda: _sound(compile_course(folder, BLOCKS))))
    floor = Row(name=f"{name}.markdown-and-nh3", value=min(times.floor), unit="ms")
    reused = Row(name=f"{name}.markdown-and-nh3.one-converter", value=min(times.floor_reused), unit="ms")
    cold = min(times.cold)
    compiled = against(f"{name}.compile", cold, "ms", floor)
    yield from (floor, reused, compiled, against(f"{name}.compile.strictly", cold, "ms", reused))
    yield Row(name=f"{name}.compile.per-page", value=cold / len(texts), unit="ms")
    yield Row(name=f"{name}.pages", value=len(texts), unit="files")
    yield Row(name=f"{name}.words", value=sum(len(text.split()) for text in texts), unit="words")
    return compiled


def _edited(folder: Path, lessons: Sequence[Path], cold: Row) -> Iterator[Row]:
    """Change one lesson after another: saved in the folder and compiled, or typed and only in memory."""
    cache = CompilationCache()
    _sound(compile_course(folder, BLOCKS, cache=cache))
    saved = []
    for number, lesson in zip(range(EDITS), lessons, strict=False):
        lesson.write_text(f"{lesson.read_text(encoding='utf-8')}\nCambio {number}.\n", encoding="utf-8")
        saved.append(_milliseconds(lambda: _sound(compile_course(folder, BLOCKS, cache=cache))))
    yield against("course.recompile-one", statistics.median(saved), "ms", cold)
    tree = read_tree(folder, Findings())
    typed = []
    for number, lesson in zip(range(EDITS), reversed(lessons), strict=False):
        tree = _with(tree, lesson.relative_to(folder).as_posix(), f"\nCambio {number}.\n")
        typed.append(_milliseconds(partial(compile_tree, tree, folder.name, BLOCKS, cache=cache)))
    yield Row(name="course.as-you-type", value=statistics.median(typed), unit="ms")
    yield Row(name="course.as-you-type.slowest", value=max(typed), unit="ms")


def _with(tree: SourceTree, path: str, more: str) -> SourceTree:
    changed = SourceFile(path=path, content=tree.files[path].content + more.encode())
    return SourceTree(files={**tree.files, path: changed})


def _milliseconds(work: Callable[[], object]) -> float:
    """Return the processor time of the work in milliseconds: what else the machine does does not count."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def _convert(texts: Sequence[str]) -> None:
    for text in texts:
        nh3.clean(Markdown(extensions=list(EXTENSIONS)).convert(text))


def _convert_reused(texts: Sequence[str]) -> None:
    converter = Markdown(extensions=list(EXTENSIONS))
    for text in texts:
        nh3.clean(converter.reset().convert(text))


def _sound(compilation: Compilation) -> None:
    if compilation.course is None:
        message = f"the course has {len(compilation.diagnostics)} problems"
        raise RuntimeError(message)
