"""How keys, signatures and lists are written as text: multibase (base58btc, base64url) and Multikey.

The rules are those of the W3C's Controlled Identifiers 1.0, section 2.2 to 2.4.
"""

import base64

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"
"""The two bytes that say in a Multikey that what follows is an Ed25519 public key."""


def base58(content: bytes) -> str:
    """Return bytes as base58btc with its multibase sign."""
    number, signs = int.from_bytes(content, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        signs = ALPHABET[digit] + signs
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + signs


def bytes_of(text: str) -> bytes:
    """Return the bytes of a base58btc text with its multibase sign; raises ValueError."""
    digits = text.removeprefix("z")
    if digits == text:
        raise ValueError("It does not begin with z.")
    number = 0
    for sign in digits:
        number = number * 58 + ALPHABET.index(sign)
    zeros = len(digits) - len(digits.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url(content: bytes) -> str:
    """Return bytes as base64url without padding, with its multibase sign."""
    return "u" + base64.urlsafe_b64encode(content).decode().rstrip("=")


def multikey(public: bytes) -> str:
    """Return an Ed25519 public key of 32 bytes as a Multikey: z6Mk…."""
    return base58(ED25519_PUBLIC + public)


def public_of(key: str) -> bytes:
    """Return the 32 bytes of a Multikey; raises ValueError when it is no Ed25519 public key."""
    content = bytes_of(key)
    if not content.startswith(ED25519_PUBLIC):
        raise ValueError("It is no Ed25519 public key.")
    return content.removeprefix(ED25519_PUBLIC)
