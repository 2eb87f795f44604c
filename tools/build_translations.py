"""Keeps the English catalogue in step with the Spanish source sentences.

Without arguments it extracts, updates messages.po and compiles messages.mo. With --check it changes nothing and
exits 1 when the catalogue is stale or a sentence lacks its English.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "lms"
FOLDER = PACKAGE / "translations" / "en" / "LC_MESSAGES"
IGNORED = [("testing/**", "ignore"), ("migrations/**", "ignore")]
METHODS = [*IGNORED, ("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "n_": (1, 2)}
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the header: the same sentences always give the same file."""


def main() -> int:
    """Build or check the catalogue; return the exit status."""
    catalog = updated()
    missing = [str(message.id) for message in catalog if message.id and not is_translated(message)]
    po, mo = as_po(catalog), as_mo(catalog)
    if "--check" in sys.argv:
        wanted = ((FOLDER / "messages.po", po), (FOLDER / "messages.mo", mo))
        stale = [path for path, body in wanted if read(path) != body]
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run python tools/build_translations.py")
        for sentence in missing:
            print(f"no English for: {sentence}")
        return 1 if stale or missing else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "messages.po").write_bytes(po)
    (FOLDER / "messages.mo").write_bytes(mo)
    print(f"{len(catalog)} sentences, {len(missing)} without English")
    return 0


def updated() -> Catalog:
    """Return the English catalogue with exactly the sentences that the code has now."""
    template = Catalog(project="Ruta", creation_date=SINCE)
    options = {"jinja2": {"trimmed": "true", "silent": "false"}}
    found = extract_from_dir(
        PACKAGE,
        method_map=METHODS,
        options_map={"**/templates/**.html": options["jinja2"]},
        keywords=KEYWORDS,
    )
    for path, _line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        template.add(message, None, [(f"lms/{path}", 0)], auto_comments=comments, context=context)
    catalog = Catalog(locale="en", project="Ruta", creation_date=SINCE, revision_date=SINCE)
    if (FOLDER / "messages.po").exists():
        catalog = read_po(BytesIO((FOLDER / "messages.po").read_bytes()), locale="en")
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.revision_date = SINCE
    return catalog


def is_translated(message: object) -> bool:
    """Say whether a sentence, with all its plural forms, has its English."""
    string = message.string
    return all(string) if isinstance(string, tuple | list) else bool(string)


def as_po(catalog: Catalog) -> bytes:
    """Return the catalogue as text, without line numbers, which change at every edit."""
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return the catalogue as the running application reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def read(path: Path) -> bytes:
    """Return a file's bytes, nothing when it is missing."""
    return path.read_bytes() if path.exists() else b""


if __name__ == "__main__":
    raise SystemExit(main())
