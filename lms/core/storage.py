"""Files by content: a file's name is its SHA-256, so nothing is overwritten and the same bytes are kept once."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from lms.core.clock import now

PIECE: Final = 1 << 20
"""Bytes of a long file that are held at once."""
GOING: Final = "going-"
"""What the name of a file begins with while it is looked at whether it goes."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept."""

    digest: str
    size: int
    kept_at: datetime
    """When somebody kept these bytes last."""


def none_of(_digests: Collection[str]) -> Collection[str]:
    """Say that no row names any of these but in a column of its own."""
    return ()


@dataclass(frozen=True, kw_only=True)
class KeptFiles:
    """One class of files that a slice keeps: how its rows name them. What no slice names is erased after a day."""

    name: str
    """Unique, ``slice.noun``."""
    columns: tuple[Any, ...] = ()
    """Columns that hold the hash of a file and nothing else."""
    named: Callable[[Collection[str]], Collection[str]] = none_of
    """Returns which of these hashes rows name in another way, such as inside JSON: see ``lms.core.sweeping``."""


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

    def list_files(self, first: str, before: datetime) -> list[StoredFile]:
        """Return the files whose hash begins so and that nobody kept since an instant."""
        ...

    def delete_older(self, digest: str, before: datetime) -> bool:
        """Forget the bytes of a hash unless somebody kept them since; say whether they went."""
        ...

    def delete_unfinished(self, before: datetime) -> int:
        """Forget what was begun before an instant and never became a file; return how many."""
        ...


def digest_of(content: bytes) -> str:
    """Return the name under which these bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def is_digest(name: str) -> bool:
    """Say whether a file may have this name."""
    return len(name) == 64 and name.isalnum()


def pieces_of(path: Path) -> Iterator[bytes]:
    """Give the bytes of a file piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _stored(path: Path) -> StoredFile:
    about = path.stat()
    return StoredFile(path.name, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


def _found(paths: Iterable[Path]) -> Iterator[StoredFile]:
    """Give what is still there: others erase files at the same time."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield _stored(path)


@dataclass
class LocalStorage:
    """Keeps files in a folder, two levels deep."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Write the bytes unless they are there; a half-written file never gets the final name."""
        digest = digest_of(content)
        path = self._path(digest)
        try:
            os.utime(path)  # named anew: whoever erases old files leaves it alone
        except FileNotFoundError:
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

    def list_files(self, first: str, before: datetime) -> list[StoredFile]:
        """Look into the folders of these hashes, and first take back what a sweep that was killed had in its hands."""
        found: list[StoredFile] = []
        for folder in sorted(self.folder.glob(f"{first[:2]}*")):
            for path in folder.glob(f"{GOING}*"):
                path.replace(folder / path.name.removeprefix(GOING))
            found += _found(path for path in folder.glob(f"{first}*") if is_digest(path.name))
        return [each for each in found if each.kept_at < before]

    def delete_older(self, digest: str, before: datetime) -> bool:
        """Take the file aside before looking at its age: who keeps it after that writes it again."""
        path = self._path(digest)
        aside = path.with_name(f"{GOING}{digest}")
        try:
            path.replace(aside)
        except FileNotFoundError:
            return False
        if _stored(aside).kept_at >= before:
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def delete_unfinished(self, before: datetime) -> int:
        """Remove what a process that was killed left half-written."""
        count = 0
        for path in [*self.folder.glob("tmp*"), *self.folder.glob("??/tmp*")]:
            if any(each.kept_at < before for each in _found([path])):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                count += 1
        return count

    def is_writable(self) -> bool:
        """Say whether files can be kept here now."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.access(self.folder, os.W_OK)

    def _path(self, digest: str) -> Path:
        if not is_digest(digest):
            raise KeyError(digest)
        return self.folder / digest[:2] / digest


@dataclass
class MemoryStorage:
    """Keeps files in memory, for tests."""

    files: dict[str, bytes] = field(default_factory=dict)
    kept_at: dict[str, datetime] = field(default_factory=dict)

    def put(self, content: bytes) -> str:
        """Keep the bytes."""
        digest = digest_of(content)
        self.files[digest], self.kept_at[digest] = content, now()
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

    def list_files(self, first: str, before: datetime) -> list[StoredFile]:
        """Return the old ones."""
        kept = self.kept_at
        return [
            StoredFile(digest, len(content), kept[digest])
            for digest, content in self.files.items()
            if digest.startswith(first) and kept[digest] < before
        ]

    def delete_older(self, digest: str, before: datetime) -> bool:
        """Forget the bytes if they are old."""
        is_old = digest in self.files and self.kept_at[digest] < before
        if is_old:
            self.delete(digest)
        return is_old

    def delete_unfinished(self, before: datetime) -> int:  # noqa: ARG002 - nothing is half-written in memory
        """Return that there was nothing."""
        return 0
