"""From the last lesson to the paper in a stranger's hand: the QR of an issued PDF leads to a page that says valid."""

import shutil
import subprocess
from urllib.parse import urlsplit

import cv2
import pytest
import zxingcpp
from sqlalchemy import select

from lms.certificates.issuing import bulk
from lms.certificates.issuing.models import Certificate
from lms.certificates.issuing.rules import Kind
from lms.core.actors import SYSTEM
from lms.core.context import STORAGE
from lms.core.db import db
from lms.learning.queries import get_cohort
from lms.testing.factories.certificates import make_certificate, make_completion
from lms.testing.factories.courses import release_flagship
from lms.testing.factories.learning import make_cohort, make_enrolment
from lms.testing.pytest_plugin import TODAY


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm (package poppler-utils)")
def test_the_qr_of_an_issued_pdf_leads_to_a_page_that_says_valid(app, client, unit, run_jobs, tmp_path):
    with unit():
        enrolment = make_enrolment(make_cohort(release=release_flagship()))
        make_completion(enrolment)
        bulk.order_run(
            get_cohort(enrolment.cohort_id), [enrolment.id], kind=Kind.CERTIFICADO, actor=SYSTEM, now=TODAY
        )
    run_jobs()
    with unit():
        certificate = db.session.scalars(select(Certificate)).one()
    pdf, picture = tmp_path / "constancia.pdf", tmp_path / "constancia"
    pdf.write_bytes(app.extensions[STORAGE].get(certificate.pdf_sha256))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", pdf, picture], check=True)

    (address,) = (found.text for found in zxingcpp.read_barcodes(cv2.imread(f"{picture}.png")))

    assert address == f"http://localhost/v/{certificate.code}"
    page = client.get(urlsplit(address).path)
    assert page.title == "Certificado auténtico"
    assert "Vigente" in page.text
    assert certificate.folio in page.text


def test_the_final_evaluation_is_a_condition_and_no_station(unit):
    with unit():
        cohort = make_cohort(release=release_flagship())
        said = make_certificate(cohort).document.printed

    assert said.conditions == "con evaluación final"
    assert len(said.modules) == 9
    assert "Evaluación final" not in said.modules
    assert said.hours == "40 horas de formación"
