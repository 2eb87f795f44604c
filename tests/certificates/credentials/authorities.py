"""Certificates of invented authorities, and a service of time stamps that answers on this machine."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

START = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "la de la secretaría"


@dataclass(frozen=True)
class Pair:
    certificate: x509.Certificate
    key: object

    @property
    def pem(self):
        return self.certificate.public_bytes(Encoding.PEM)


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def make(name, *, key=None, issuer=None, purpose=None, ends_at=START + timedelta(days=730)):
    """Return a certificate with its key, signed by an issuer or, without one, a root that signs others."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    is_root = issuer is None
    usage = x509.KeyUsage(
        digital_signature=not is_root, content_commitment=not is_root, key_cert_sign=is_root, crl_sign=is_root,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    signer = issuer or Pair(None, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(name) if is_root else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(ends_at)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if purpose:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return Pair(builder.sign(signer.key, SHA256()), key)


def rsa_key(bits=2048):
    return rsa.generate_private_key(65537, bits)


def write_p12(path, pair, *chain, password=PASSWORD):
    content = pkcs12.serialize_key_and_certificates(
        b"firma", pair.key, pair.certificate, [each.certificate for each in chain],
        BestAvailableEncryption(password.encode()),
    )  # fmt: skip
    path.write_bytes(content)
    return path


def make_time_authority(root):
    return make("Sellos de tiempo", key=rsa_key(), issuer=root, purpose=ExtendedKeyUsageOID.TIME_STAMPING)


@contextmanager
def time_service(pair, *, at):
    """Answer requests of RFC 3161 with this moment, on a port of this machine; yield the address."""
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(pair.certificate.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(
            pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=at,
    )

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            content = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Say nothing."""

    with _serving(Answering) as address:
        yield address


@contextmanager
def broken_service(asked):
    """Fail at every request, and keep its path in the list; yield the address."""

    class Failing(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            self.send_error(503)

        def log_message(self, *_):
            """Say nothing."""

    with _serving(Failing) as address:
        yield address


@contextmanager
def _serving(handler):
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
