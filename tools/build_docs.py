"""Write docs/reference from the code: settings, permissions, hooks, events, commands, routes, jobs, personal data.

And docs/authoring/revisor.md: what the checker of courses says about each of its codes.

    python -m tools.build_docs            write docs/reference/*.md and docs/authoring/revisor.md
    python -m tools.build_docs --check    exit 1 and name the pages that are stale

What is not declared cannot be documented, so an event or a job that its slice does not declare, or a setting or
permission without a sentence, fails as well.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from lms.app import create_app
from lms.core.i18n import DEFAULT_LANGUAGE, speaking
from lms.core.settings import Secret, Settings
from tools.reference import checker
from tools.reference.declared import undeclared, unexplained
from tools.reference.pages import PAGES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
GUIDE = FOLDER.parent / "authoring" / "revisor.md"


def build(app: Flask) -> dict[str, str]:
    """Return the text of every page by file name."""
    with app.app_context(), speaking(DEFAULT_LANGUAGE):
        return {f"{name}.md": page(app) for name, page in PAGES.items()}


def stale(pages: dict[str, str], folder: Path) -> list[str]:
    """Return the names of pages that are missing, differ from the code, or are no page of ours any more."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*pages, *kept} if pages.get(name) != kept.get(name))


def write(pages: dict[str, str], folder: Path) -> list[str]:
    """Bring the folder up to date and return the names of the pages that changed."""
    changed = stale(pages, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def is_guide_stale() -> bool:
    """Return whether the page of the checker's codes differs from the code."""
    return not GUIDE.is_file() or GUIDE.read_text(encoding="utf-8") != checker.page_of()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages and return the exit code."""
    parser = argparse.ArgumentParser(description="Write docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args(arguments).check
    with tempfile.TemporaryDirectory() as folder:
        app = documented_app(Path(folder))
        pages = build(app)
        faults = [*undeclared(app), *unexplained(app)]
    if check:
        faults += [f"docs/reference/{name} is stale. Run: make docs" for name in stale(pages, FOLDER)]
        faults += ["docs/authoring/revisor.md is stale. Run: make docs"] * is_guide_stale()
    else:
        GUIDE.write_text(checker.page_of(), encoding="utf-8")
        for name in write(pages, FOLDER):
            print(f"docs/reference/{name}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def documented_app(folder: Path) -> Flask:
    """Return the application as it is delivered: the built-in slices and no guest."""
    address = f"sqlite:///{folder / 'ruta.db'}"
    return create_app(Settings(data_dir=folder, secret_key=Secret("k" * 40), database_url=address))


if __name__ == "__main__":
    sys.exit(main())
