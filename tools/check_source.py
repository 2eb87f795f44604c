"""Our own lint: the house rules that no linter knows. Each message says what to do instead.

Run it as ``python -m tools.check_source``. The rules for Python are in check_python.py, those for templates
and for every text file in check_text.py; their good and bad examples are in tests/tools.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from tools import check_python, check_text
from tools.check_finding import Finding

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = frozenset({".git", ".venv", "var", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache"})


def tracked_files(root: Path) -> list[PurePosixPath]:
    """Return the files that git has or would take; without git, every file outside the folders in NOT_OURS."""
    listed = subprocess.run(
        # The checkout of a build machine often belongs to somebody else.
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        return sorted(PurePosixPath(path) for path in paths if path.parts[0] not in NOT_OURS)
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return sorted(PurePosixPath(name) for name in names if (root / name).is_file())


def check(path: PurePosixPath, source: str) -> Iterator[Finding]:
    """Yield what is wrong in one file, given its path inside the project and its text."""
    yield from check_text.check(path, source)
    if path.suffix == ".py":
        yield from check_python.check(path, source, ast.parse(source))


def check_tree(root: Path, paths: Iterable[PurePosixPath]) -> Iterator[Finding]:
    """Yield what is wrong in these files; pictures, fonts and other binary files are passed over."""
    for path in paths:
        try:
            source = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield from check(path, source)


def main() -> int:
    """Print what is wrong in the project and return 1 if there is anything."""
    paths = tracked_files(ROOT)
    findings = list(check_tree(ROOT, paths))
    for finding in findings:
        print(finding)
    print(f"{len(paths)} archivos, {len(findings)} faltas.")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
