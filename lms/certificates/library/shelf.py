"""Every design that documents can be drawn with, by its name: the product's, those of plugins, published uploads."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from lms.certificates.designs.folder import Design, digest_of, load_design
from lms.certificates.designs.package import unpack_design
from lms.certificates.library.errors import DesignLost
from lms.certificates.library.models import CertificateDesign
from lms.certificates.library.queries import find_published, list_published
from lms.core.context import current_settings, current_storage, registry
from lms.core.i18n import _l
from lms.core.text import Text

PRODUCT: Final[Text] = _l("Del producto")
PLUGIN: Final[Text] = _l("De un complemento")
UPLOADED: Final[Text] = _l("De la institución")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A design that may be chosen."""

    name: str
    title: str
    version: int
    page: str
    origin: Text


def find_design(name: str) -> Design:
    """Return the design of this name as it is now; raises DesignLost, and DesignRefused for a folder with faults."""
    if folder := _folders().get(name):
        return _load(folder, digest_of(folder))
    row = find_published(name)
    if row is None:
        raise DesignLost
    return unpacked(row)


def list_shelf() -> list[Shelved]:
    """Return every design that a programme may choose, the product's first."""
    own = _own_folders()
    designs = [
        (find_design(name), PRODUCT if name in own else PLUGIN)
        for name in (*own, *(each for each in _folders() if each not in own))
    ]
    designs += [(unpacked(row), UPLOADED) for row in list_published()]
    return [
        Shelved(
            name=design.name,
            title=design.metadata.title,
            version=design.metadata.version,
            page=design.metadata.page,
            origin=origin,
        )
        for design, origin in designs
    ]


def is_built_in(name: str) -> bool:
    """Say whether the product or a plugin has a design of this name."""
    return name in _folders()


def unpacked(row: CertificateDesign) -> Design:
    """Return an uploaded version, unpacked once for this machine; raises DesignLost when its file is gone."""
    place = current_settings().data_dir / "designs" / row.file_digest
    folder = place / row.name
    if not folder.is_dir() or digest_of(folder) != row.digest:
        _unpack(row, place)
    return _load(folder, row.digest)


def _unpack(row: CertificateDesign, place: Path) -> None:
    """Unpack beside and move into place at once, so that nobody reads half a design."""
    try:
        content = current_storage().get(row.file_digest)
    except KeyError as error:
        raise DesignLost from error
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(mkdtemp(dir=place))
    unpack_design(content, name=row.name, into=beside)
    target = place / row.name
    if target.exists():  # what lies there is not what was published, or somebody else was faster
        target.rename(Path(mkdtemp(dir=place)) / "old")
    (beside / row.name).rename(target)


def _folders() -> dict[str, Path]:
    """Return the folders of the product and of plugins by name; the product's own name wins."""
    offered = registry("certificate_designs")
    return {**{each.name: each.path for each in offered.values()}, **_own_folders()}


def _own_folders() -> dict[str, Path]:
    found = sorted(current_settings().designs_dir.glob("*/metadata.toml"))
    return {path.parent.name: path.parent for path in found}


# Checking a folder draws a sample, which takes longer than reading it; an edited folder has another digest.
@lru_cache(maxsize=16)
def _load(folder: Path, _digest: str) -> Design:
    return load_design(folder)
