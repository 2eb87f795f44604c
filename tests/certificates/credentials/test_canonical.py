"""The text that is signed is the one that any processor of JSON-LD makes of the same credential."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.certificates.credentials.canonical import NotCanonical, canonical
from lms.certificates.credentials.did import did_document, did_of, method_of
from lms.certificates.credentials.encodings import multikey
from lms.certificates.credentials.facts import BadgeFacts
from lms.certificates.credentials.openbadge import Place, identity_hash, open_badge
from lms.certificates.credentials.proofs import SigningKey
from lms.certificates.credentials.status_lists import LENGTH, status_list
from tests.certificates.credentials import independent

LIST = "https://ruta.example.org/badges/status/1"
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
PUBLIC = multikey(PRIVATE.public_key().public_bytes_raw())
DID = did_of("ruta.example.org")
KEY = SigningKey(did=DID, method=method_of(DID, PUBLIC), private=PRIVATE)
MOMENT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
facts = st.builds(
    BadgeFacts,
    code=st.just("RT7K-4M2Q-9D"), kind=st.sampled_from(["certificado", "constancia"]), achievement=words,
    title=words, description=words, criteria=words, issuer_name=words, holder_name=words,
    holder_email=st.sampled_from(["", "Uno@example.org"]),
    issued_at=st.just(MOMENT), valid_until=st.sampled_from([None, MOMENT + timedelta(days=730)]),
)  # fmt: skip


def badge_of(known):
    return open_badge(known, KEY, site="https://ruta.example.org", place=Place(LIST, 77), salt="sal")


@settings(max_examples=25, deadline=None)
@given(facts)
def test_a_badge_verifies_with_software_of_others(known):
    badge = badge_of(known)
    unsigned = {name: value for name, value in badge.items() if name != "proof"}
    assert canonical(unsigned) == independent.canonical(unsigned)
    independent.verify(badge, did_document(DID, [PUBLIC]))


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, LENGTH - 1), max_size=20), st.integers(0, LENGTH - 1))
def test_a_list_says_of_every_position_whether_it_was_revoked(revoked, other):
    published = status_list(LIST, revoked, KEY, issuer="Ruta", at=MOMENT)
    independent.verify(published, did_document(DID, [PUBLIC]))
    for position in {*revoked, other, 0, LENGTH - 1}:
        asked = {"credentialStatus": {"statusListCredential": LIST, "statusListIndex": str(position)}}
        assert independent.is_revoked(asked, published) == (position in revoked)


def test_the_holder_is_there_only_for_whoever_knows_them():
    badge = badge_of(
        BadgeFacts(
            code="RT7K-4M2Q-9D", achievement="a", title="t", description="d", criteria="c", issuer_name="i",
            holder_name="Marisol Quispe", holder_email="Marisol@example.org", issued_at=MOMENT,
        )
    )  # fmt: skip
    said = {each["identityType"]: each["identityHash"] for each in badge["credentialSubject"]["identifier"]}
    assert said == {
        "name": identity_hash("Marisol Quispe", "sal"),
        "emailAddress": identity_hash("marisol@example.org", "sal"),
    }
    assert "arisol" not in str(badge)


@pytest.mark.parametrize(
    "document",
    [
        {"id": "urn:x", "type": "Sorcery"},
        {"id": "urn:x", "spell": "abracadabra"},
        {"id": "urn:x", "name": 7},
        {"id": "urn:x", "name": "un\ttabulador"},
        {"id": "urn:x", "issuer": [{"name": "Gemela"}, {"name": "Gemela"}]},
    ],
)
def test_what_cannot_be_put_in_order_is_refused_and_not_guessed(document):
    with pytest.raises(NotCanonical):
        canonical(document)
