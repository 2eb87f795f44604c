"""A stranger checks a document on a phone: by the address of the QR, and by the file, which stays on the device."""

import pytest

from lms.core.context import current_storage
from lms.testing.factories.certificates import make_certificate

DROP = """(bytes) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], "documento.pdf", { type: "application/pdf" }));
  dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
}"""


@pytest.fixture
def issued(live_server, unit):
    """Return the code and the bytes of a document."""
    with unit():
        certificate = make_certificate()
        return certificate.code, current_storage().get(certificate.pdf_sha256)


def test_a_stranger_checks_the_address_and_the_file_on_a_phone(visit, issued):
    code, pdf = issued
    visitor = visit(width=390)
    visitor.open(f"/v/{code}")
    assert visitor.title == "Certificado auténtico"
    visitor.open("/v/keys")
    sent = []
    visitor.page.on("request", lambda request: sent.append(request.method))
    for content, title in (
        (pdf, "Es el archivo que se emitió"),
        (pdf + b" ", "Este archivo no es uno de los emitidos"),
    ):
        visitor.open("/v/file", "form")
        visitor.page.get_by_text("el archivo no sale de su dispositivo").wait_for()
        with visitor.page.expect_navigation():
            visitor.page.evaluate(DROP, list(content))
        visitor.review(title)
        assert visitor.title == title
    assert "POST" not in sent, "the file never left"
    visitor.check()


def test_without_script_the_file_is_sent_and_answered(visit, issued):
    _code, pdf = issued
    visitor = visit(width=390, scripts=False)
    visitor.open("/v/file")
    visitor.page.set_input_files(
        "#file", {"name": "documento.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    visitor.press("Comprobar")
    assert visitor.title == "Es el archivo que se emitió"
    visitor.check()
