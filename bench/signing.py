"""What credibility costs a document: its badge and its signature, against laying it out plainly with xhtml2pdf."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from bench.rows import Row, against
from lms.certificates.credentials import pades
from lms.certificates.credentials.did import did_of, method_of
from lms.certificates.credentials.encodings import multikey
from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.credentials.identity import SigningIdentity
from lms.certificates.credentials.openbadge import Place, open_badge
from lms.certificates.credentials.proofs import SigningKey
from lms.certificates.designs.draw import draw
from lms.certificates.designs.folder import load_design
from lms.certificates.designs.render import compose_certificate
from lms.certificates.designs.sample import SAMPLE
from lms.core.pdf import lay_out

DESIGN = Path(__file__).resolve().parent.parent / "certificates" / "ruta"
SITE = "https://ruta.example"
TIMES = 30
MOMENT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def measure() -> Iterator[Row]:
    """Give CPU for each document: the plain layout, the stamp, the badge, both kinds of signature, and all together."""
    design = load_design(DESIGN)
    pages = compose_certificate(design, SAMPLE, made_at=MOMENT, pictures={})
    plain = Row(
        name="xhtml2pdf.plain",
        value=_cpu(lambda: [lay_out(html, assets=pages.assets()) for html in pages.pages], times=5),
        unit="ms",
    )
    yield plain
    pdf = draw(design, SAMPLE, made_at=MOMENT)
    stamp = _cpu(lambda: draw(design, SAMPLE, made_at=MOMENT))
    yield against("stamp", stamp, "ms", plain)
    badge = _cpu(_badge)
    yield against("badge", badge, "ms", plain)
    yield Row(name="badge.size", value=len(json.dumps(_badge(), ensure_ascii=False).encode()), unit="bytes")
    for name, key in (
        ("rsa", rsa.generate_private_key(65537, 2048)),
        ("curve", ec.generate_private_key(ec.SECP256R1())),
    ):
        identity = _identity(key)
        signature = _cpu(partial(_signed, pdf, identity))
        yield against(f"signature.{name}", signature, "ms", plain)
        yield Row(
            name=f"signature.{name}.size", value=len(_signed(pdf, identity)) - len(pdf), unit="bytes more"
        )
        yield against(f"stamp, badge and signature.{name}", stamp + badge + signature, "ms", plain)


def _cpu(deed: Callable[[], object], *, times: int = TIMES) -> float:
    """Return the milliseconds of processor of one deed, once it was done a first time."""
    deed()
    start = time.process_time()
    for _ in range(times):
        deed()
    return 1000 * (time.process_time() - start) / times


def _signed(pdf: bytes, identity: SigningIdentity) -> bytes:
    return pades.sign(pdf, identity, tsa_url="", at=MOMENT)


def _badge() -> dict[str, Any]:
    private = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    did = did_of("ruta.example")
    method = method_of(did, multikey(private.public_key().public_bytes_raw()))
    facts = BadgeFacts(
        code="RT7K-4M2Q-9D",
        achievement="ruta/1/certificado",
        title=SAMPLE.course_title,
        description=f"Certifica que su titular aprobó «{SAMPLE.course_title}».",
        criteria=SAMPLE.statement,
        issuer_name=SAMPLE.issuer_name,
        holder_name=SAMPLE.holder_name,
        issued_at=MOMENT,
    )
    key = SigningKey(did=did, method=method, private=private)
    return open_badge(facts, key, site=SITE, place=Place(f"{SITE}/badges/status/1", 77), salt="sal")


def _identity(key: Any) -> SigningIdentity:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad inventada")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MOMENT - timedelta(days=1))
        .not_valid_after(MOMENT + timedelta(days=1))
        .sign(key, SHA256())
    )
    return SigningIdentity(certificate=certificate, key=key, chain=())
