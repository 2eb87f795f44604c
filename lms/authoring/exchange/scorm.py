"""A course as a SCORM 1.2 package: one shareable object for each page, in the order of the course.

The manifest follows the ADL SCORM 1.2 Content Aggregation Model (2001) over IMS Content Packaging 1.1.2.
"""

import xml.etree.ElementTree as ET
from datetime import date

from lms.authoring.exchange.addresses import Addresses
from lms.authoring.exchange.keys import has_mark
from lms.authoring.exchange.pages import Package, PageWriter
from lms.authoring.exchange.route import on_route
from lms.authoring.exchange.runtime import script
from lms.authoring.exchange.site import shared_files
from lms.courses.compiler.course import Course, Module, Unit

MANIFEST = "imsmanifest.xml"
SCRIPTS = ("grading.js", "page.js", "memory.js", "scorm.js")
_CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_SHARED = "shared"
_MOST_TEXT = 200
"""Longest title that the schema of IMS Content Packaging 1.1.2 takes."""


def export_scorm(course: Course, *, has_keys: bool = False, day: date | None = None) -> dict[str, bytes]:
    """Return the files of the package by path.

    With `has_keys` quizzes are graded in the browser, and so their keys travel: the author decides that. With `day`
    the numbers of the directory travel too, as they are on that day.
    """
    course = on_route(course)
    package = Package(scripts=SCRIPTS, has_finish=True, has_steps=False, has_keys=has_keys, day=day)
    shared = {**shared_files(course), **{name: script(name) for name in SCRIPTS}}
    pages = PageWriter(course, package).pages()
    return {MANIFEST: _manifest(course, sorted(shared), sorted(pages), has_keys), **pages, **shared}


def _manifest(course: Course, shared: list[str], pages: list[str], has_keys: bool) -> bytes:  # noqa: FBT001 - private
    for prefix, namespace in (("", _CP), ("adlcp", _ADL)):
        ET.register_namespace(prefix, namespace)
    root = ET.Element(
        _cp("manifest"), {"identifier": f"ruta-{course.slug}", "version": course.content_hash[:12]}
    )
    metadata = ET.SubElement(root, _cp("metadata"))
    _text(metadata, "schema", "ADL SCORM")
    _text(metadata, "schemaversion", "1.2")
    organizations = ET.SubElement(root, _cp("organizations"), {"default": "course"})
    organization = ET.SubElement(organizations, _cp("organization"), {"identifier": "course"})
    _text(organization, "title", course.title)
    resources = ET.SubElement(root, _cp("resources"))
    addresses = Addresses(course)
    for module in course.modules:
        # Visible is the default, but Open edX leaves out of its menu whatever does not say so.
        values = {"identifier": f"m-{module.slug}", "isvisible": "true"}
        item = ET.SubElement(organization, _cp("item"), values)
        _text(item, "title", module.title)
        for unit in module.units:
            _unit(item, module, unit, has_keys=has_keys)
            _resource(resources, _id(module, unit), [addresses.page(module, unit)], is_sco=True)
    extra = [page for page in pages if "/" not in page]
    _resource(resources, _SHARED, [*extra, *shared], is_sco=False)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _unit(parent: ET.Element, module: Module, unit: Unit, *, has_keys: bool) -> None:
    name = _id(module, unit)
    values = {"identifier": f"i-{name}", "identifierref": f"r-{name}", "isvisible": "true"}
    item = ET.SubElement(parent, _cp("item"), values)
    _text(item, "title", unit.title)
    if has_keys and has_mark(unit):
        ET.SubElement(item, f"{{{_ADL}}}masteryscore").text = str(round(unit.pass_mark * 100))


def _resource(parent: ET.Element, name: str, files: list[str], *, is_sco: bool) -> None:
    values = {
        "identifier": f"r-{name}",
        "type": "webcontent",
        f"{{{_ADL}}}scormtype": "sco" if is_sco else "asset",
    }
    if is_sco:
        values["href"] = files[0]
    resource = ET.SubElement(parent, _cp("resource"), values)
    for path in files:
        ET.SubElement(resource, _cp("file"), {"href": path})
    if is_sco:
        ET.SubElement(resource, _cp("dependency"), {"identifierref": f"r-{_SHARED}"})


def _id(module: Module, unit: Unit) -> str:
    return f"{module.slug}.{unit.slug}"


def _cp(tag: str) -> str:
    return f"{{{_CP}}}{tag}"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, _cp(tag)).text = text[:_MOST_TEXT]
