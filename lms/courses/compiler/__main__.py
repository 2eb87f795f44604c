"""Check a course folder from the command line: `python -m lms.courses.compiler PATH`.

Exits with 0 when the course can be released, 1 when it has errors, 2 when there is no such folder. `lms course check`
does the same with the blocks of every plugin, and more.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lms.courses.blocks.built_in import BUILT_IN_BLOCKS
from lms.courses.compiler.compile import Compilation, compile_course
from lms.courses.compiler.diagnostics import as_github, as_json, as_text, summary
from lms.plugins.blocks import by_name


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong with a course and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="lms.courses.compiler", description="Revisa la carpeta de un curso."
    )
    parser.add_argument("folder", type=Path, metavar="CARPETA", help="la carpeta que tiene curso.yaml")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="cómo se muestra"
    )
    asked = parser.parse_args(arguments)
    if not asked.folder.is_dir():
        sys.stderr.write(f"No existe la carpeta {asked.folder}.\n")
        return 2
    compilation = compile_course(asked.folder, by_name(BUILT_IN_BLOCKS))
    sys.stdout.write(_shown(compilation, asked.format, asked.folder))
    return 1 if compilation.course is None else 0


def _shown(compilation: Compilation, form: str, folder: Path) -> str:
    if form == "json":
        return as_json(compilation.diagnostics)
    if form == "github":
        return as_github(compilation.diagnostics, f"{folder.as_posix()}/")
    return f"{as_text(compilation.diagnostics)}{summary(compilation.diagnostics)}\n"


if __name__ == "__main__":
    sys.exit(main())
