"""QTI 2 and 3 in and out: items, packages, and archives of strangers."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lms.assessments.exchange.asked import Losses
from lms.assessments.exchange.compiled import asked_of
from lms.assessments.exchange.formats import Format, guessed
from lms.assessments.exchange.moodle_reader import read_moodle
from lms.assessments.exchange.qti import read_qti, write_qti_2, write_qti_3
from lms.assessments.exchange.qti_writer import NAMESPACES
from tests.assessments.exchange.conftest import EVERY_KIND, bank

ITEM_3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="senal-1" title="Señal">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><p>¿Qué <b>señal</b> es: a = b?</p>
<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Elija una.</qti-prompt>
<qti-simple-choice identifier="A">Ninguna</qti-simple-choice>
<qti-simple-choice identifier="B">Una que se <i>mira</i></qti-simple-choice>
</qti-choice-interaction></qti-item-body>
<qti-modal-feedback identifier="B" outcome-identifier="F" show-hide="show"><p>Así es.</p></qti-modal-feedback>
</qti-assessment-item>""".encode()
HOTSPOT = b"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x"><itemBody><p>Mire</p>
<hotspotInteraction responseIdentifier="RESPONSE"/></itemBody></assessmentItem>"""


def asked_of_every_kind():
    questions, _errors = bank(EVERY_KIND)
    return [asked_of(question, Losses()) for question in questions]


def test_an_item_of_qti_3_becomes_a_question():
    assert guessed(ITEM_3, "item.xml") is Format.QTI_3
    (item,) = read_qti(ITEM_3).items
    assert item.text == (
        "::: pregunta {id=senal-1}\n¿Qué **señal** es: a = b?\n\nElija una.\n\n( ) Ninguna\n"
        "(x) Una que se *mira*\n    > Así es.\n:::"
    )


@pytest.mark.parametrize("write", [write_qti_2, write_qti_3])
def test_what_qti_can_hold_comes_back_as_it_left(write):
    asked = asked_of_every_kind()
    writing = write(asked, lambda _address: None)
    assert guessed(writing.content, "x.zip") is Format.QTI_2
    same = {item.asked.id: item.asked for item in read_qti(writing.content).items}
    told = {loss.id for loss in writing.losses}
    assert set(same) == {each.id for each in asked}
    changed = {each.id for each in asked if same[each.id] != each}
    assert changed <= told
    assert {"dos", "tres", "seis", "siete", "ocho"}.isdisjoint(changed)
    assert same["diez"].body == next(each.body for each in asked if each.id == "diez")


ITEMS = etree.RelaxNG(etree.parse(Path(__file__).parent / "qti-item.rng"))
RICH = """
::: pregunta {id=rica}
Mire CONSULTA y lea:

| Señal | Peso |
| --- | ---: |
| Miedo | 2 |

1. uno <del>dos</del>
2. `tres`

> Lo dice [la guía](https://example.org/?a=1&b=2).

(x) Sí
    > Porque **sí**.
    >
    > - Y porque no.
( ) No
    > No.
:::
"""


def as_version_2(content):
    """Return an item of QTI 3 with the names of QTI 2."""

    def plain(name):
        first, *rest = name.removeprefix("qti-").split("-")
        return first + "".join(map(str.capitalize, rest))

    root = etree.fromstring(content)
    for each in root.iter(etree.Element):
        name = etree.QName(each).localname
        each.tag = f"{{{NAMESPACES[2]}}}{plain(name) if name.startswith('qti-') else name}"
        for key, value in list(each.attrib.items()):
            del each.attrib[key]
            each.set(plain(key), value)
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


@pytest.mark.parametrize(("write", "version"), [(write_qti_2, 2), (write_qti_3, 3)])
def test_items_have_the_structure_of_the_standard_and_a_picture_leaves_and_comes_back(write, version):
    picture = read_moodle((Path(__file__).parent / "golden" / "moodle.xml").read_bytes()).pictures[
        "mapa-uno.png"
    ]
    questions, _errors = bank(EVERY_KIND + RICH)
    *asked, rich = [asked_of(question, Losses()) for question in questions]
    asked.append(
        replace(rich, stem=rich.stem.replace("CONSULTA", "![Una consulta](../imagenes/consulta.png)"))
    )
    writing = write(asked, lambda address: picture if address == "../imagenes/consulta.png" else None)
    with zipfile.ZipFile(io.BytesIO(writing.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    items = {
        name: content
        for name, content in files.items()
        if name.startswith("items/") and name.endswith(".xml")
    }
    assert len(items) == len(asked)
    for name, content in items.items():
        item = etree.fromstring(content if version == 2 else as_version_2(content))
        assert ITEMS.validate(item), (name, ITEMS.error_log)
        declared = set(item.xpath("//@identifier[parent::*[contains(local-name(), 'Declaration')]]"))
        asked_for = item.xpath(
            "//@responseIdentifier | //@outcomeIdentifier | //*[local-name()='variable']/@identifier"
        )
        assert set(asked_for) <= declared
    named = set(etree.fromstring(files["imsmanifest.xml"]).xpath("//*[local-name()='file']/@href"))
    assert named == set(files) - {"imsmanifest.xml"}
    again = read_qti(writing.content)
    assert list(again.pictures.values()) == [picture]
    (name,) = again.pictures
    same = next(item.asked for item in again.items if item.asked.id == "rica")
    assert f"![Una consulta](../imagenes/{name})" in same.stem
    assert [answer.feedback for answer in same.answers] == [answer.feedback for answer in rich.answers]


def test_what_has_no_place_is_told_and_fails_no_other():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        archive.writestr("a/uno.xml", HOTSPOT)
        archive.writestr("a/dos.xml", ITEM_3)
        archive.writestr("a/roto.xml", b"<assessmentItem")
    reading = read_qti(packed.getvalue())
    assert [item.asked.id for item in reading.items] == ["senal-1"]
    assert any("hotspot" in str(loss.why) for loss in reading.losses)


@pytest.mark.parametrize("name", ["../fuera.xml", "/etc/item.xml", "a/\u202eitem.xml"])
def test_a_hostile_archive_is_refused_whole(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bueno.xml", ITEM_3)
        archive.writestr(name, ITEM_3)
    reading = read_qti(packed.getvalue())
    assert not reading.items
    assert reading.losses


def test_a_bomb_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("item.xml", b" " * 61_000_000)
    assert read_qti(packed.getvalue()).losses


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_file_makes_it_fail(data):
    content = data.draw(st.sampled_from([ITEM_3, HOTSPOT, b"PK\x03\x04"]))
    at, cut = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 300))
    read_qti(content[:at] + data.draw(st.binary(max_size=30)) + content[at + cut :])
