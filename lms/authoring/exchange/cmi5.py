"""A course as a cmi5 package: one assignable unit for each page (cmi5 Quartz, 2016: course structure data model)."""

import xml.etree.ElementTree as ET
from datetime import date

from lms.authoring.exchange.addresses import Addresses
from lms.authoring.exchange.keys import has_mark
from lms.authoring.exchange.pages import Package, PageWriter
from lms.authoring.exchange.route import on_route
from lms.authoring.exchange.runtime import script
from lms.authoring.exchange.site import shared_files
from lms.courses.compiler.course import Course, Module, Unit

STRUCTURE = "cmi5.xml"
SCRIPTS = ("grading.js", "page.js", "memory.js", "cmi5.js")
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def export_cmi5(course: Course, *, has_keys: bool = False, day: date | None = None) -> dict[str, bytes]:
    """Return the files of the package by path; `has_keys` and `day` as for SCORM."""
    course = on_route(course)
    package = Package(scripts=SCRIPTS, has_finish=True, has_steps=False, has_keys=has_keys, day=day)
    files = {**PageWriter(course, package).pages(), **shared_files(course)}
    return {
        STRUCTURE: _structure(course, has_keys=has_keys),
        **files,
        **{name: script(name) for name in SCRIPTS},
    }


def _structure(course: Course, *, has_keys: bool) -> bytes:
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("courseStructure"))
    whole = ET.SubElement(root, _tag("course"), {"id": f"urn:ruta:{course.slug}"})
    _words(whole, "title", course.title, course.language)
    _words(whole, "description", course.summary, course.language)
    for module in course.modules:
        block = ET.SubElement(root, _tag("block"), {"id": f"urn:ruta:{course.slug}:{module.slug}"})
        _words(block, "title", module.title, course.language)
        _words(block, "description", module.objective or module.title, course.language)
        for unit in module.units:
            _unit(block, course, module, unit, has_keys=has_keys)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _unit(block: ET.Element, course: Course, module: Module, unit: Unit, *, has_keys: bool) -> None:
    values = {
        "id": f"urn:ruta:{course.slug}:{module.slug}:{unit.slug}",
        "moveOn": "Passed" if has_keys and has_mark(unit) else "Completed",
        "launchMethod": "AnyWindow",
    }
    if has_keys and has_mark(unit):
        values["masteryScore"] = f"{unit.pass_mark:g}"
    made = ET.SubElement(block, _tag("au"), values)
    _words(made, "title", unit.title, course.language)
    _words(made, "description", unit.title, course.language)
    ET.SubElement(made, _tag("url")).text = Addresses(course).page(module, unit)


def _words(parent: ET.Element, tag: str, text: str, language: str) -> None:
    element = ET.SubElement(parent, _tag(tag))
    ET.SubElement(element, _tag("langstring"), {"lang": language}).text = text


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
