"""The lists of what was revoked: the W3C's Bitstring Status List 1.0.

One bit for each badge in a list so long that whoever asks for it does not say about which badge.
"""

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from lms.certificates.credentials.encodings import base64url
from lms.certificates.credentials.proofs import SigningKey, instant, proved
from lms.certificates.credentials.terms import CONTEXTS

LENGTH: Final = 131_072
"""Bits of one list: the least that the recommendation allows, 16 KB before they are compressed."""
GOOD_FOR: Final = timedelta(hours=24)
"""How long a copy of a list may be taken for the present one."""


def status_list(
    address: str, revoked: Iterable[int], key: SigningKey, *, issuer: str, at: datetime
) -> dict[str, Any]:
    """Return the signed list that is published at an address, with a bit set for each revoked position."""
    return proved(
        {
            "@context": list(CONTEXTS),
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": {"id": key.did, "type": ["Profile"], "name": issuer},
            "validFrom": instant(at),
            "validUntil": instant(at + GOOD_FOR),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": encoded(revoked),
            },
        },
        key,
        at=at,
    )


def encoded(positions: Iterable[int]) -> str:
    """Return a list as text: bits from left to right, compressed with gzip, in base64url."""
    bits = bytearray(LENGTH // 8)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return base64url(gzip.compress(bytes(bits), mtime=0))
