"""A design folder, read and checked: what it is called, what it needs, and a digest of all that it holds."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lms.certificates.designs.checks import check_faces, check_files, check_references
from lms.certificates.designs.metadata import Metadata, read_metadata
from lms.certificates.designs.templates import TEMPLATE, check_template
from lms.core.i18n import _

METADATA, STYLES = "metadata.toml", "theme.css"
_NEEDED: Final = (METADATA, STYLES, TEMPLATE)


class DesignRefused(Exception):
    """A design folder cannot be used; `problems` has one sentence for each thing to mend."""

    def __init__(self, name: str, problems: list[str]) -> None:
        super().__init__(_("El diseño «%(name)s» no se puede usar. ", name=name) + " ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class Design:
    """A design that can be rendered."""

    name: str
    folder: Path
    metadata: Metadata
    templates: Mapping[str, str]
    """The text of each HTML file, by its path in the folder."""
    digest: str
    """SHA-256 of all the files: a certificate keeps it, to say with which design it was made."""


def load_design(folder: Path) -> Design:
    """Return the design in a folder; raise DesignRefused with everything that is wrong with it."""
    missing = [
        _("Falta el archivo «%(name)s».", name=name) for name in _NEEDED if not (folder / name).is_file()
    ]
    problems = missing + list(check_files(folder))
    if problems:
        raise DesignRefused(folder.name, problems)
    texts, problems = _read_texts(folder)
    metadata, wrong = read_metadata(texts.get(METADATA, ""))
    problems += wrong + list(_check_texts(folder, texts))
    templates = {name: text for name, text in texts.items() if name.endswith(".html")}
    if metadata is not None:
        problems += check_template(folder, metadata, templates)
    if problems or metadata is None:
        raise DesignRefused(folder.name, problems)
    return Design(
        name=folder.name, folder=folder, metadata=metadata, templates=templates, digest=digest_of(folder)
    )


def digest_of(folder: Path) -> str:
    """Return the SHA-256, in hexadecimal, of the names and contents of all the files of a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _read_texts(folder: Path) -> tuple[dict[str, str], list[str]]:
    texts, problems = {}, []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".css", ".toml"} and path.is_file():
            name = path.relative_to(folder).as_posix()
            try:
                texts[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                problems.append(_("«%(name)s» no está guardado en UTF-8.", name=name))
    return texts, problems


def _check_texts(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    styled = {name: text for name, text in texts.items() if name.endswith((".html", ".css"))}
    yield from check_references(folder, styled)
    yield from check_faces(styled)
