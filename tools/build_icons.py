"""Rewrite lms/web/icons.json, the drawings of the icons that the product uses, from the package lucide-static.

    npm pack lucide-static && tar xzf lucide-static-*.tgz
    python tools/build_icons.py package

To add an icon, add its name to NAMES and run this again. lms/web/lucide-license.txt is the package's LICENSE.
"""

import json
import re
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "lms" / "web"
NAMES = """
arrow-down arrow-left arrow-right arrow-up award ban bell book-a book-open building-2 bus calendar check
chevron-down chevron-left chevron-right circle circle-alert circle-check circle-question-mark circle-x
clipboard-list clock cloud-check cloud-off download ellipsis external-link eye eye-off file-plus file-text filter
flag globe graduation-cap hard-hat history house id-card info key-round languages library lightbulb link
list-checks list-tree lock log-in log-out mail map-pin menu message-circle minus monitor moon octagon-x pencil
phone-call play plus presentation printer qr-code refresh-cw rotate-ccw route scale scan-line search send settings
settings-2 shield shield-check smartphone stethoscope sun sun-moon trash-2 triangle-alert upload user-plus
user-round users wifi-off x
""".split()
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def body(svg: str) -> str:
    """Return what is inside the svg element, on one line and without spaces that draw nothing."""
    match = _BODY.search(svg)
    if match is None:
        message = "This file holds no svg element."
        raise ValueError(message)
    return re.sub(r"\s+", " ", match[1]).replace("> <", "><").replace(" />", "/>").strip()


def main(package: Path) -> None:
    """Write the drawings of NAMES found in an unpacked lucide-static."""
    drawings = {
        name: body((package / "icons" / f"{name}.svg").read_text(encoding="utf-8")) for name in sorted(NAMES)
    }
    text = json.dumps(drawings, indent=0, ensure_ascii=False) + "\n"
    (WEB / "icons.json").write_text(text, encoding="utf-8")
    print(f"{len(drawings)} icons, {len(text)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
