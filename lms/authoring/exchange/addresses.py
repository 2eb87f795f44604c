"""Where each page and picture of a course lies inside a package, and links that lead there from a file."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from lms.courses.compiler.course import Course, Module, Unit

ASSETS = "archivos"
ASSET = re.compile(r'(src|href|poster)="/(?:courses|authoring)/assets/([0-9a-f]{64})/[^"]*"')
_PAGE = re.compile(r'href="\.\./([a-z0-9-]+)/([a-z0-9-]+)((?:#[^"]*)?)"')
_PLATFORM = re.compile(r'<a\b[^>]*\bhref="/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


class Addresses:
    """The paths of a course inside a package."""

    def __init__(self, course: Course) -> None:
        """Name every asset once, by its hash and its own name."""
        self.assets: Mapping[str, str] = {
            asset.sha256: f"{ASSETS}/{asset.sha256[:12]}-{PurePosixPath(asset.path).name}"
            for asset in course.assets
        }

    def page(self, module: Module, unit: Unit) -> str:
        """Return the path of a page."""
        return f"{module.slug}/{unit.slug}.html"


def relative_links(html: str, assets: Mapping[str, str], up: str) -> str:
    """Return the page with links to files beside it; `up` leads from the page to the top of the package.

    The compiler writes both kinds of address itself, always between double quotes.
    """
    html = ASSET.sub(lambda m: f'{m[1]}="{up}{assets.get(m[2], "")}"', html)
    html = _PAGE.sub(lambda m: f'href="../{m[1]}/{m[2]}.html{m[3]}"', html)
    # What only the platform has, such as the viewer of routes, is named and not linked.
    return _PLATFORM.sub(r"<span>\1</span>", html)
