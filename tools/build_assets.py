"""Build the style sheets that browsers load from the sources in lms/web/styles.

    python tools/build_assets.py            write lms/web/static/css/*.css
    python tools/build_assets.py --check    exit 1 and name the sheets that are stale

Style attributes are forbidden by the content security policy, so a number that a page decides (the width of a
bar, the progress of a station) travels in a data attribute, and the rules that read it are generated here.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import rcssmin

WEB = Path(__file__).resolve().parent.parent / "lms" / "web"
STYLES = WEB / "styles"
BUILT = WEB / "static" / "css"
CORE_LIMIT = 31_000
"""Bytes of core.css: it is on every page, and a first lesson must arrive within 100 KB."""

_DARK = re.compile(r':root:not\(\[data-theme="light"\]\) {(.*?)\n    }', re.DOTALL)
_DESCENDANT = re.compile(r"(?<=[\w\])]) :(?=[a-z])")
_URL = re.compile(r"url\(\.\./([^)?]+)\)")


def attribute_rules(name: str, *, step: int = 1) -> str:
    """Return rules that turn data-<name>="0" … "100" into the custom property --<name>.

    A value is read as its tens plus its units, which needs some thirty rules instead of a hundred and one.
    """
    attr, tens, units = f"data-{name}", f"--{name[0]}1", f"--{name[0]}2"
    rules = [f"[{attr}]{{{tens}:0;{units}:0;--{name}:calc(var({tens}) + var({units}))}}"]
    rules += [f'[{attr}^="{digit}"]{{{tens}:{digit}0}}' for digit in range(1, 10)]
    rules += [f'[{attr}$="{digit}"]{{{units}:{digit}}}' for digit in range(step, 10, step)]
    single = ",".join(f'[{attr}="{digit}"]' for digit in range(step, 10, step))
    return "".join([*rules, f"{single}{{{tens}:0}}", f'[{attr}="100"]{{{tens}:100}}'])


def build() -> dict[str, str]:
    """Return the minified text of every style sheet by file name."""
    tokens, base, components, pages, staff, editor = (
        _source(name) for name in ("tokens", "base", "components", "pages", "staff", "editor")
    )
    dark = _found(_DARK, tokens, 1)
    bars = "".join(attribute_rules(name) for name in ("v", "target", "a", "b", "n", "remaining"))
    return {
        "core.css": _minify(
            base, tokens, components, _layer("components", attribute_rules("progress", step=5))
        ),
        "pages.css": _minify(pages),
        "staff.css": _minify(staff, _layer("pages", bars)),
        "editor.css": _minify(editor),
        "dark.css": _minify(_layer("tokens", f":root:root{{{dark}}}")),
    }


def stale(sheets: dict[str, str], folder: Path) -> list[str]:
    """Return the names of the sheets whose built file is missing or differs from its sources."""
    return [name for name, text in sheets.items() if not _holds(folder / name, text)]


def problems(sheets: dict[str, str]) -> list[str]:
    """Return what is wrong with the sheets themselves: over budget, or a rule that the policy forbids."""
    size = len(sheets["core.css"].encode())
    return [f"core.css has {size} bytes; the limit is {CORE_LIMIT}."] if size > CORE_LIMIT else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check the sheets and return the exit code."""
    parser = argparse.ArgumentParser(description="Build the style sheets.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a sheet is stale")
    check = parser.parse_args(arguments).check
    sheets = build()
    faults = problems(sheets)
    if check:
        faults += [f"{name} is stale. Run: python tools/build_assets.py" for name in stale(sheets, BUILT)]
    else:
        _write(sheets)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _source(name: str) -> str:
    return (STYLES / f"{name}.css").read_text(encoding="utf-8")


def _found(pattern: re.Pattern[str], text: str, group: int) -> str:
    match = pattern.search(text)
    if match is None:
        message = f"The style sources no longer contain {pattern.pattern!r}."
        raise LookupError(message)
    return str(match[group])


def _layer(name: str, rules: str) -> str:
    return f"@layer {name}{{{rules}}}"


def _minify(*parts: str) -> str:
    # In some places rcssmin drops the space of ".tabs :is(a)" and selects another thing; a star keeps it.
    explicit = _DESCENDANT.sub(" *:", "\n".join(parts))
    return _URL.sub(_fingerprint, str(rcssmin.cssmin(explicit))) + "\n"


def _fingerprint(match: re.Match[str]) -> str:
    """Give a file named in a sheet the address that asset_url gives it: a preload is then fetched once."""
    digest = hashlib.sha256((WEB / "static" / match[1]).read_bytes()).hexdigest()[:10]
    return f"url(../{match[1]}?v={digest})"


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _write(sheets: dict[str, str]) -> None:
    BUILT.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (BUILT / name).write_text(text, encoding="utf-8")
        print(f"{name:10} {len(text.encode()):6}")


if __name__ == "__main__":
    sys.exit(main())
