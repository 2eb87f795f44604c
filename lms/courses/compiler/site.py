"""What every page of a course may refer to: its blocks, terms, sources, pictures and other pages."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from urllib.parse import quote, unquote, urlsplit

from lms.courses.compiler import media, pictures
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import Asset, SourceEntry
from lms.courses.compiler.glossary import TermIndex
from lms.courses.compiler.source import SourceTree
from lms.plugins.blocks import Attachment, MarkdownBlock, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlace:
    """Where a lesson or a quiz is published."""

    module_slug: str
    unit_slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the address of a link or a picture became."""

    url: str = ""
    is_external: bool = False
    page: str = ""
    """Path of the page of the course that it leads to, or empty."""
    anchor: str = ""
    problem: tuple[Code, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link to a place inside another page, checked when every page is known."""

    path: str
    line: int
    page: str
    anchor: str


@dataclass(slots=True, kw_only=True)
class Traces:
    """What pages leave for the checks of the whole course."""

    assets: dict[str, Asset] = field(default_factory=dict)
    """The pictures that they show, by path."""
    anchors: list[Anchor] = field(default_factory=list)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    """The anchors inside each page."""

    def add(self, others: "Traces") -> None:
        """Take in what other pages left."""
        self.anchors += others.anchors
        for page, ids in others.ids.items():
            self.ids[page] = self.ids.get(page, frozenset()) | ids
        for path, asset in others.assets.items():
            self.assets.setdefault(path, asset)

    def taken(self) -> "Traces":
        """Return what was left so far, and begin again."""
        left = Traces(assets=dict(self.assets), anchors=list(self.anchors), ids=dict(self.ids))
        for kind in (self.assets, self.anchors, self.ids):
            kind.clear()
        return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The surroundings of a page while a course is compiled."""

    tree: SourceTree
    blocks: Mapping[str, MarkdownBlock]
    language: str
    asset_base: str
    terms: TermIndex
    sources: Mapping[str, SourceEntry]
    units: Mapping[str, UnitPlace]
    """Every page by its path."""
    today: date | None = None
    """The day on which dates are judged; None judges none."""
    traces: Traces = field(default_factory=Traces)
    """What the page at hand leaves."""

    @property
    def assets(self) -> dict[str, Asset]:
        """The pictures that the page at hand has shown so far, by path."""
        return self.traces.assets

    @property
    def anchors(self) -> list[Anchor]:
        """The links of the page at hand to places inside others."""
        return self.traces.anchors

    @property
    def ids(self) -> dict[str, frozenset[str]]:
        """The anchors inside the page at hand, by its path."""
        return self.traces.ids

    def link(self, page: str, address: str) -> Target:
        """Return where a link written on a page leads."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return _problem(Code.BAD_ADDRESS, f"La dirección «{address}» no es válida: cópiela de nuevo.")
        if parts.scheme in {"http", "https"} and parts.netloc:
            return Target(url=address, is_external=True)
        if parts.scheme == "mailto":
            return Target(url=address)
        if parts.scheme or parts.netloc:
            return _problem(
                Code.BAD_ADDRESS, f"«{address}» no se admite: use https:// o la ruta de un archivo."
            )
        return self._inside(page, unquote(parts.path), parts.fragment)

    def image(self, page: str, address: str) -> tuple[Target, Asset | None]:
        """Return the address of a picture used on a page, and the picture when it is there."""
        if "//" in address or ":" in address:
            message = f"La imagen «{address}» está en otro sitio: guárdela en la carpeta del curso."
            return _problem(Code.FOREIGN_IMAGE, message), None
        path = _resolve(page, unquote(address))
        if path is None:
            return _outside(address), None
        kind = pictures.media_type(path)
        source = self.tree.files.get(path)
        if kind is None:
            message = f"«{address}» no es una imagen admitida: use svg, png o webp."
            return _problem(Code.BAD_IMAGE, message), None
        if source is None:
            known = [name for name in self.tree.files if pictures.media_type(name)]
            return _problem(
                Code.NO_IMAGE, f"No existe la imagen «{address}».{_near(page, path, known)}"
            ), None
        if not pictures.is_sound(source.content, kind):
            message = f"«{address}» está dañada o contiene código activo: expórtela de nuevo."
            return _problem(Code.BAD_IMAGE, message), None
        asset = self._keep(Asset(path=path, sha256=source.sha256, media_type=kind, content=source.content))
        return Target(url=f"{self.asset_base}/{asset.sha256}/{quote(posixpath.basename(path))}"), asset

    def attach(self, page: str, address: str) -> Attachment | Problem:
        """Return a file of the course that a block of a page shows, or why it cannot."""
        path = _resolve(page, unquote(address))
        kind = media.media_type(path) if path else None
        source = self.tree.files.get(path) if path else None
        if path is None or kind is None or "//" in address or ":" in address:
            known = ", ".join(ending[1:] for ending in media.MEDIA_TYPES)
            message = f"«{address}» no es un archivo del curso que se admita: use {known}."
            return Problem(code=Code.BAD_MEDIA, message=message)
        if source is None:
            near = _near(page, path, [name for name in self.tree.files if media.media_type(name)])
            return Problem(code=Code.BAD_MEDIA, message=f"No existe el archivo «{address}».{near}")
        if not media.is_sound(source.content, kind):
            message = (
                f"«{address}» está dañado, no es lo que dice su nombre o actúa solo: expórtelo de nuevo."
            )
            return Problem(code=Code.BAD_MEDIA, message=message)
        asset = self._keep(Asset(path=path, sha256=source.sha256, media_type=kind, content=source.content))
        url = f"{self.asset_base}/{asset.sha256}/{quote(posixpath.basename(path))}"
        return Attachment(url=url, media_type=kind, size=len(source.content))

    def _keep(self, asset: Asset) -> Asset:
        return self.assets.setdefault(asset.path, asset)

    def _inside(self, page: str, address: str, anchor: str) -> Target:
        if not address:
            return Target(url=f"#{anchor}", page=page, anchor=anchor)
        path = _resolve(page, address)
        if path is None:
            return _outside(address)
        place = self.units.get(path)
        if place is None:
            near = _near(page, path, self.units)
            return _problem(Code.BROKEN_LINK, f"«{address}» no es una lección ni un cuestionario.{near}")
        end = f"#{anchor}" if anchor else ""
        return Target(url=f"../{place.module_slug}/{place.unit_slug}{end}", page=path, anchor=anchor)


def _resolve(page: str, address: str) -> str | None:
    """Return the path that an address means on a page, or None when it leaves the course folder."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address.replace("\\", "/")))
    return None if path.startswith(("/", "../")) or path == ".." else path


def _outside(address: str) -> Target:
    return _problem(Code.OUTSIDE_LINK, f"«{address}» sale de la carpeta del curso: copie el archivo dentro.")


def _problem(code: Code, message: str) -> Target:
    return Target(problem=(code, message))


def _near(page: str, path: str, known: Iterable[str]) -> str:
    found = get_close_matches(path, list(known), n=1, cutoff=0.6)
    if not found:
        return ""
    return f" ¿Quiso decir «{posixpath.relpath(found[0], posixpath.dirname(page) or '.')}»?"
