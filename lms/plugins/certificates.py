"""What plugins add to certificates: designs, each a folder of the plugin's package."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDesignFolder:
    """A folder with template, styles, metadata and fonts; it is checked like any other before it draws."""

    folder: Path

    @property
    def name(self) -> str:
        """Return the name by which programmes choose it: that of the folder."""
        return self.folder.name
