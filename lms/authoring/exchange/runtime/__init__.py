"""The scripts that travel inside packages for other learning systems."""

from pathlib import Path


def script(name: str) -> bytes:
    """Return a script of a package by its name."""
    return (Path(__file__).parent / name).read_bytes()
