"""PAdES signatures with pyHanko (extra ``sign``): B-B, and B-T where a service of time stamps is configured.

As it comes, pyHanko opens and checks the RSA key at every signature and signs twice to learn the size; a key that is
kept open and a size that is known make it several times faster. It also raises the file to PDF 2.0, which PDF/A-2
does not allow.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from os import urandom
from typing import Any, Final, Self

from asn1crypto import cms, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lms.certificates.credentials.errors import TimeStampMissing
from lms.certificates.credentials.identity import SigningIdentity

FIELD: Final = "Firma"
DIGEST: Final = "sha256"
ARCHIVE: Final = (1, 7)
TSA_SECONDS: Final = 2
"""Whoever issues holds the counter of folios meanwhile."""
OWN_BYTES: Final = 2048
"""Room for the signature and what it says of itself, without certificates."""
TSA_BYTES: Final = 12_288
"""Room for a time stamp, which brings the certificates of its authority."""


def sign(pdf: bytes, identity: SigningIdentity, *, tsa_url: str, at: datetime) -> bytes:
    """Return the file with an invisible signature of this instant; raises TimeStampMissing."""
    signer = _Seal(identity, tsa_url, at)
    # A page's pictures, fonts and structure are not read: the signature is added behind them.
    writer = _ArchiveWriter(io.BytesIO(pdf))
    _add_field(writer)
    try:
        signed = signer.sign_pdf(writer, bytes_reserved=_room(identity, has_stamp=bool(tsa_url)))
    except (TimestampRequestError, TimeoutError) as error:
        raise TimeStampMissing from error
    content: bytes = signed.getvalue()
    return content


def _add_field(writer: IncrementalPdfFileWriter) -> None:
    """Put the field of the signature on the first page, of no size, with a look: archives want one of every field."""
    append_signature_field(writer, SigFieldSpec(FIELD))
    field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
    empty: Any = StreamObject(stream_data=b"")
    empty |= {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form")}
    empty[pdf_name("/BBox")] = field["/Rect"]
    look: Any = DictionaryObject()  # type: ignore[no-untyped-call]  # the library says none
    look[pdf_name("/N")] = writer.add_object(empty)
    field[pdf_name("/AP")] = look


def _room(identity: SigningIdentity, *, has_stamp: bool) -> int:
    """Return how many characters the signature may have: two for each byte."""
    certificates = (identity.certificate, *identity.chain)
    size = OWN_BYTES + sum(len(each.public_bytes(Encoding.DER)) for each in certificates)
    return 2 * (size + (TSA_BYTES if has_stamp else 0))


class _Seal(PdfSigner):
    """Signs at a given instant, and adds no extension that only PDF 2.0 has."""

    def __init__(self, identity: SigningIdentity, tsa_url: str, at: datetime) -> None:
        super().__init__(
            PdfSignatureMetadata(field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES),
            signer=_signer(identity),
            timestamper=HTTPTimeStamper(tsa_url, timeout=TSA_SECONDS) if tsa_url else None,
        )
        self._at = at

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:  # noqa: FBT001, FBT002  # the library's
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:  # noqa: ARG002  # the library's
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _ArchiveWriter(IncrementalPdfFileWriter):
    """Raises the file to PDF 1.7 at most, which is what PDF/A-2 is made of, and lets what it says of itself stand."""

    output_version = ARCHIVE

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Say that the file needs a version, as far as an archive may."""
        super().ensure_output_version(min(version, ARCHIVE))  # type: ignore[no-untyped-call]  # the library says none

    def _update_meta(self) -> None:
        """Change nothing: the library would write the badge under another prefix than the one that is described."""


class _OpenKeySigner(Signer):
    """Signs with a key that was opened once."""

    def __init__(self, identity: SigningIdentity) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library says no type there
        store.register_multiple([_asn1(each) for each in identity.chain])
        super().__init__(signing_cert=_asn1(identity.certificate), cert_registry=store, embed_roots=False)
        self._key = identity.key
        self._mould: _Mould | None = None

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002  # the library's
        """Return the bare signature of some bytes."""
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        signature: bytes = self._key.sign(data, ECDSA(SHA256()))
        return signature

    async def async_sign(  # type: ignore[override]  # passed on as it comes
        self, data_digest: bytes, digest_algorithm: str, **how: Any
    ) -> cms.ContentInfo:
        """Return the signature with everything that it brings.

        What it brings is the same for every file but for the digest and the bare signature. Where the latter has
        one length, as RSA's has, and nobody stamps the time, the library writes it once and the rest are cast.
        """
        if how.get("timestamper") is not None or not isinstance(self._key, RSAPrivateKey):
            return await super().async_sign(data_digest, digest_algorithm, **how)
        if self._mould is None:
            blank = urandom(len(data_digest))
            whole = await super().async_sign(blank, digest_algorithm, **how)
            self._mould = _Mould.of(whole, blank)
        signed = self._mould.about(data_digest)
        signature = await self.async_sign_raw(signed, digest_algorithm)
        return cms.ContentInfo.load(self._mould.cast(data_digest, signature))


@dataclass(frozen=True, kw_only=True)
class _Mould:
    """A signature that the library wrote, with the places of what differs from file to file."""

    whole: bytes
    attributes: bytes
    """What the bare signature is about, as it is signed."""
    digest: bytes
    signature: bytes

    @classmethod
    def of(cls, whole: cms.ContentInfo, digest: bytes) -> Self:
        """Return the mould; its digest must stand once in it, and so must its signature."""
        (signer,) = whole["content"]["signer_infos"]
        mould = cls(
            whole=whole.dump(),
            attributes=signer["signed_attrs"].untag().dump(),
            digest=digest,
            signature=signer["signature"].native,
        )
        if [
            mould.whole.count(digest),
            mould.attributes.count(digest),
            mould.whole.count(mould.signature),
        ] != [1] * 3:
            raise ValueError("The signature has not the form that was expected.")
        return mould

    def about(self, digest: bytes) -> bytes:
        """Return what is signed for a file with this digest."""
        return self.attributes.replace(self.digest, digest)

    def cast(self, digest: bytes, signature: bytes) -> bytes:
        """Return the whole signature of a file."""
        return self.whole.replace(self.digest, digest).replace(self.signature, signature)


@lru_cache(maxsize=4)
def _signer(identity: SigningIdentity) -> _OpenKeySigner:
    return _OpenKeySigner(identity)


def _asn1(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
