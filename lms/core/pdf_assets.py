"""What a document may read: the files of one folder and pictures made for it; anything else is an error."""

import base64
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lms.core.i18n import _


class PdfError(Exception):
    """A document could not be made; the text says why, in a sentence for its author."""


class AssetRefused(PdfError):
    """The document names something outside its folder: a network address, an absolute path, `..`."""


class AssetMissing(PdfError):
    """The document names a file that its folder does not have."""


class RenderFailed(PdfError):
    """The layout library complained, stopped, or laid out more pages than asked for."""


@dataclass(frozen=True, kw_only=True)
class AssetSource:
    """The files of one folder, and pictures made in memory, by the name the document gives them."""

    folder: Path
    generated: Mapping[str, bytes] = field(default_factory=dict)

    def resolve(self, reference: str) -> str:
        """Return where the library finds this; raise AssetRefused when outside, AssetMissing when absent."""
        if reference in self.generated:
            return _data_uri(reference, self.generated[reference])
        return str(find_asset(self.folder, reference))


def find_asset(folder: Path, reference: str) -> Path:
    """Return the file of the folder that a reference names; raise AssetRefused or AssetMissing."""
    root = folder.resolve()
    found = root / _relative(reference)
    # Resolving follows symbolic links, which may lead out of the folder.
    if not found.resolve().is_relative_to(root):
        raise _refused(reference)
    if not found.is_file():
        raise AssetMissing(_("Falta el archivo «%(name)s» en la carpeta del diseño.", name=reference[:120]))
    return found.resolve()


def _relative(reference: str) -> PurePosixPath:
    try:
        parts = urlsplit(reference)
    except ValueError as error:
        raise _refused(reference) from error
    path = PurePosixPath(unquote(parts.path))
    strange = parts.scheme or parts.netloc or "\\" in str(path) or "\0" in str(path)
    if strange or path.is_absolute() or ".." in path.parts:
        raise _refused(reference)
    return path


def _refused(reference: str) -> AssetRefused:
    return AssetRefused(
        _(
            "«%(name)s» no se puede usar: un diseño solo lee los archivos de su propia carpeta.",
            name=reference[:120],
        )
    )


def _data_uri(name: str, content: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
