"""Rewrite lms/web/icons.json, the drawings of the icons in use, from the package lucide-static.

    npm pack lucide-static && tar xzf lucide-static-*.tgz
    python tools/build_icons.py package [new-icon …]

The icons of today are drawn again and those named are added. The licence is lms/web/lucide-license.txt.
"""

import json
import re
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "lms" / "web"
DRAWINGS = WEB / "icons.json"
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def body(svg: str) -> str:
    """Return what is inside the svg element, on one line and without spaces that draw nothing."""
    match = _BODY.search(svg)
    if match is None:
        message = "This file holds no svg element."
        raise ValueError(message)
    return re.sub(r"\s+", " ", match[1]).replace("> <", "><").replace(" />", "/>").strip()


def main(package: Path, added: list[str]) -> None:
    """Write the drawings of today's icons and of those added, as found in an unpacked lucide-static."""
    names = sorted({*json.loads(DRAWINGS.read_text(encoding="utf-8")), *added})
    drawings = {name: body((package / "icons" / f"{name}.svg").read_text(encoding="utf-8")) for name in names}
    text = json.dumps(drawings, indent=0, ensure_ascii=False) + "\n"
    DRAWINGS.write_text(text, encoding="utf-8")
    print(f"{len(drawings)} icons, {len(text)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
