"""Files by content: a file's name is its SHA-256, so nothing is overwritten and the same bytes are kept once."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, Protocol

PIECE: Final = 1 << 20
"""Bytes of a long file that are held at once."""


class Storage(Protocol):
    """Keeps bytes under their hash."""

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hexadecimal."""
        ...

    def put_pieces(self, pieces: Iterable[bytes]) -> str:
        """Keep bytes that come in pieces, one after the other, and return the SHA-256 of all of them."""
        ...

    def get(self, digest: str) -> bytes:
        """Return the bytes of a hash; raises KeyError when there are none."""
        ...

    def open(self, digest: str) -> BinaryIO:
        """Return the bytes of a hash to be read piece by piece, and closed; raises KeyError when there are none."""
        ...

    def delete(self, digest: str) -> None:
        """Forget the bytes of a hash; nothing happens when there are none."""
        ...


def digest_of(content: bytes) -> str:
    """Return the name under which these bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def pieces_of(path: Path) -> Iterator[bytes]:
    """Give the bytes of a file piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@dataclass
class LocalStorage:
    """Keeps files in a folder, two levels deep."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Write the bytes unless they are there; a half-written file never gets the final name."""
        digest = digest_of(content)
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
                part.write(content)
            Path(part.name).replace(path)
        return digest

    def put_pieces(self, pieces: Iterable[bytes]) -> str:
        """Write the pieces as they come; nothing stays if one of them fails."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seen = hashlib.sha256()
        with tempfile.TemporaryDirectory(dir=self.folder) as unfinished:
            part = Path(unfinished) / "part"
            part.touch(mode=0o600)
            with part.open("wb") as file:
                for piece in pieces:
                    seen.update(piece)
                    file.write(piece)
            path = self._path(seen.hexdigest())
            path.parent.mkdir(mode=0o700, exist_ok=True)
            part.replace(path)
        return seen.hexdigest()

    def get(self, digest: str) -> bytes:
        """Read the bytes."""
        try:
            return self._path(digest).read_bytes()
        except OSError as error:
            raise KeyError(digest) from error

    def open(self, digest: str) -> BinaryIO:
        """Open the file."""
        try:
            return self._path(digest).open("rb")
        except OSError as error:
            raise KeyError(digest) from error

    def delete(self, digest: str) -> None:
        """Remove the file."""
        self._path(digest).unlink(missing_ok=True)

    def is_writable(self) -> bool:
        """Say whether files can be kept here now."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.access(self.folder, os.W_OK)

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise KeyError(digest)
        return self.folder / digest[:2] / digest


@dataclass
class MemoryStorage:
    """Keeps files in memory, for tests."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, content: bytes) -> str:
        """Keep the bytes."""
        digest = digest_of(content)
        self.files[digest] = content
        return digest

    def put_pieces(self, pieces: Iterable[bytes]) -> str:
        """Keep the pieces as one."""
        return self.put(b"".join(pieces))

    def get(self, digest: str) -> bytes:
        """Return the bytes."""
        return self.files[digest]

    def open(self, digest: str) -> BinaryIO:
        """Return the bytes as a file."""
        return BytesIO(self.files[digest])

    def delete(self, digest: str) -> None:
        """Forget the bytes."""
        self.files.pop(digest, None)
