"""Read rutas/*.yaml: the referral routes of a course, with every problem at its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from lms.core.places import GENERAL, find_place
from lms.courses.compiler.codes import Code
from lms.courses.compiler.course import SourceEntry
from lms.courses.compiler.diagnostics import Findings, did_you_mean
from lms.courses.compiler.places import unknown_place
from lms.courses.compiler.records import Record
from lms.courses.compiler.referral import PROFILES, LegalBasis, Route, RouteStep
from lms.courses.compiler.sectors import SECTOR_SLUGS, sectors
from lms.courses.compiler.slugs import SLUG, slugify
from lms.courses.compiler.source import SourceTree
from lms.courses.compiler.yaml_nodes import YamlNode, read_yaml

FOLDERS: Final = ("rutas/", "routes/")
_ROUTE: Final = MappingProxyType(
    {
        "titulo": "titulo",
        "title": "titulo",
        "lugar": "lugar",
        "place": "lugar",
        "perfil": "perfil",
        "profile": "perfil",
        "vigente-desde": "vigente-desde",
        "valid-from": "vigente-desde",
        "vigente-hasta": "vigente-hasta",
        "valid-until": "vigente-hasta",
        "verificador": "verificador",
        "verifier": "verificador",
        "verificado": "verificado",
        "verified": "verificado",
        "nota": "nota",
        "note": "nota",
        "pasos": "pasos",
        "steps": "pasos",
    }
)
_STEP: Final = MappingProxyType(
    {
        "id": "id",
        "titulo": "titulo",
        "title": "titulo",
        "que-hacer": "que-hacer",
        "action": "que-hacer",
        "responsable": "responsable",
        "responsible": "responsable",
        "sector": "sector",
        "plazo": "plazo",
        "deadline": "plazo",
        "documento": "documento",
        "document": "documento",
        "si-no-es-seguro": "si-no-es-seguro",
        "if-unsafe": "si-no-es-seguro",
        "contacto": "contacto",
        "contact": "contacto",
        "fundamento": "fundamento",
        "basis": "fundamento",
        "verificar": "verificar",
        "verify": "verificar",
    }
)
_BASIS: Final = MappingProxyType(
    {"fuente": "fuente", "source": "fuente", "articulo": "articulo", "article": "articulo"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRoute:
    """A route with the lines where its parts stand."""

    route: Route
    path: str
    line: int
    """Where its validity stands."""
    step_lines: tuple[int, ...]
    contact_lines: Mapping[str, int]
    """Where each contact is first named, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStep:
    """A step that somebody of the place must still confirm, as its file has it."""

    id: str
    title: str
    line: int
    node: YamlNode


def is_route_path(path: str) -> bool:
    """Say whether a file of the course folder holds a route."""
    return path.startswith(FOLDERS) and path.count("/") == 1 and path.endswith((".yaml", ".yml"))


def read_route_file(tree: SourceTree, path: str, findings: Findings) -> YamlNode | None:
    """Return what a file of a route says by itself, or None and an error when it is no YAML."""
    text = tree.text(path, findings)
    return read_yaml(text, path, findings) if text is not None else None


def marked_steps(node: YamlNode | None, path: str) -> Iterator[MarkedStep]:
    """Yield the steps with an id that the file of a route marks to be verified; what is wrong in it is left out."""
    if node is None or not isinstance(node.value, dict):
        return
    steps = Record(node, path, _ROUTE, Findings()).node("pasos")
    for each in steps.value if steps and isinstance(steps.value, list) else ():
        record = Record(each, path, _STEP, Findings())
        step_id = record.text("id")
        if step_id and record.flag("verificar"):
            yield MarkedStep(id=step_id, title=record.text("titulo"), line=record.line_of("id"), node=each)


def read_routes(
    files: Mapping[str, YamlNode | None], sources: Mapping[str, SourceEntry], findings: Findings
) -> tuple[ReadRoute, ...]:
    """Return the routes in the order of their files; one that is no mapping is left out with an error."""
    found = (_file(path, node, sources, findings) for path, node in files.items())
    return tuple(route for route in found if route is not None)


def _file(
    path: str, node: YamlNode | None, sources: Mapping[str, SourceEntry], findings: Findings
) -> ReadRoute | None:
    key = path.rsplit("/", 1)[-1].rpartition(".")[0]
    if not SLUG.fullmatch(key):
        message = f"El archivo de la ruta debe llamarse como {slugify(key) or 'quintana-roo'}.yaml."
        findings.error(Code.BAD_NAME, path, 1, message)
    if node is None:
        return None
    if not isinstance(node.value, dict):
        findings.error(Code.BAD_YAML, path, node.line, "Una ruta tiene pares de «clave: valor».")
        return None
    return _RouteReader(Record(node, path, _ROUTE, findings), sources, findings).read(key)


class _RouteReader:
    """Reads one file."""

    def __init__(self, record: Record, sources: Mapping[str, SourceEntry], findings: Findings) -> None:
        self._record = record
        self._sources = sources
        self._findings = findings
        self._contacts: dict[str, int] = {}

    def read(self, key: str) -> ReadRoute:
        record = self._record
        steps = [self._step(node) for node in self._step_nodes()]
        route = Route(
            key=key,
            title=record.text("titulo"),
            place=self._place(),
            profile=record.choice("perfil", PROFILES, default="todas"),
            valid_from=record.day("vigente-desde"),
            valid_until=self._day_or_none("vigente-hasta"),
            verifier=record.text("verificador"),
            verified_on=self._day_or_none("verificado"),
            note=record.text("nota", default=""),
            steps=tuple(step for step, _line in steps),
        )
        return ReadRoute(
            route=route,
            path=record.path,
            line=record.line_of("vigente-desde"),
            step_lines=tuple(line for _step, line in steps),
            contact_lines=self._contacts,
        )

    def _place(self) -> str:
        word = self._record.text("lugar")
        place = find_place(word) if word else GENERAL
        if place is None:
            line = self._record.line_of("lugar")
            self._findings.error(Code.UNKNOWN_PLACE, self._record.path, line, unknown_place(word))
        return place or GENERAL

    def _day_or_none(self, key: str) -> date | None:
        return self._record.day(key) if self._record.text(key, default="") else None

    def _step_nodes(self) -> list[YamlNode]:
        node = self._record.node("pasos")
        if node is None or not isinstance(node.value, list) or not node.value:
            message = "Falta la lista «pasos»: escriba al menos el primero."
            line = self._record.line_of("pasos")
            self._findings.error(Code.ROUTE_WITHOUT_STEPS, self._record.path, line, message)
            return []
        return node.value

    def _step(self, node: YamlNode) -> tuple[RouteStep, int]:
        record = Record(node, self._record.path, _STEP, self._findings)
        contact = record.text("contacto", default="")
        if contact:
            self._contacts.setdefault(contact, record.line_of("contacto"))
        step = RouteStep(
            id=record.text("id"),
            title=record.text("titulo"),
            action=record.text("que-hacer", default=""),
            responsible=record.text("responsable"),
            sectors=self._sectors(record),
            deadline=record.text("plazo", default=""),
            document=record.text("documento", default=""),
            unsafe=record.text("si-no-es-seguro", default=""),
            contact=contact,
            basis=self._basis(record),
            is_to_verify=record.flag("verificar"),
        )
        return step, record.line_of("id")

    def _sectors(self, record: Record) -> tuple[str, ...]:
        known = sectors("es")
        found: dict[str, None] = {}
        for slug in record.texts("sector"):
            if slug in known:
                found[known[slug].id] = None
            else:
                message = f"El sector «{slug}» no existe.{did_you_mean(slug, SECTOR_SLUGS)}"
                self._findings.error(Code.UNKNOWN_SECTOR, record.path, record.line_of("sector"), message)
        return tuple(found)

    def _basis(self, record: Record) -> tuple[LegalBasis, ...]:
        node = record.node("fundamento")
        if node is None or node.value == "":
            return ()
        nodes = node.value if isinstance(node.value, list) else [node]
        found = (self._one_basis(Record(each, record.path, _BASIS, self._findings)) for each in nodes)
        return tuple(basis for basis in found if basis is not None)

    def _one_basis(self, record: Record) -> LegalBasis | None:
        key = record.text("fuente")
        source = self._sources.get(key)
        if source is None:
            if key:
                message = f"La fuente «{key}» no está en fuentes.yaml.{did_you_mean(key, self._sources)}"
                line = record.line_of("fuente")
                self._findings.error(Code.UNKNOWN_SOURCE, record.path, line, message)
            return None
        article = record.text("articulo", default="")
        return LegalBasis(source=key, title=source.title, url=source.url, article=article)
