"""Style sheets and vendored code: built from their sources, within their limits."""

import gzip
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from lms.web.assets import STATIC_FOLDER, asset_url, fingerprint

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "tools" / "build_assets.py"
CSS = STATIC_FOLDER / "css"


def test_the_built_sheets_are_those_of_the_sources():
    done = subprocess.run(
        [sys.executable, str(BUILD), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_byte_of_a_first_lesson_is_counted():
    assert len((CSS / "core.css").read_bytes()) < 31 * 1000
    assert (STATIC_FOLDER / "fonts" / "ruta-sans.woff2").stat().st_size < 36 * 1024


def test_the_sign_of_kichwa_names_is_no_wider_than_an_apostrophe():
    font = TTFont(STATIC_FOLDER / "fonts" / "ruta-sans.woff2")
    signs = font.getBestCmap()
    assert font["hmtx"][signs[ord("\N{MODIFIER LETTER APOSTROPHE}")]] == font["hmtx"][signs[ord("’")]]


@pytest.mark.parametrize("name", ["core", "pages", "staff", "editor", "dark"])
def test_no_sheet_calls_outside(name):
    text = (CSS / f"{name}.css").read_text(encoding="utf-8")
    assert "@import" not in text
    assert all(address.startswith(("../fonts/", "#")) for address in re.findall(r"url\(([^)]+)\)", text))


@pytest.mark.parametrize("value", [0, 5, 7, 10, 47, 90, 99, 100])
def test_a_number_in_an_attribute_reaches_the_style(value):
    rules = re.findall(r"([^{}]+)\{((?:--v[12]:\d+;?)+)\}", (CSS / "staff.css").read_text(encoding="utf-8"))
    found = {"--v1": 0, "--v2": 0}
    for selectors, declarations in rules:
        if any(_matches(selector, str(value)) for selector in selectors.split(",")):
            found |= {key: int(number) for key, number in re.findall(r"(--v[12]):(\d+)", declarations)}
    assert sum(found.values()) == value


def _matches(selector: str, value: str) -> bool:
    match = re.fullmatch(r'\[data-v([$^]?)="(\d+)"\]', selector)
    if not match:
        return False
    test = {"": str.__eq__, "^": str.startswith, "$": str.endswith}[match[1]]
    return bool(test(value, match[2]))


def test_vendored_code_is_what_its_readme_says():
    readme = (STATIC_FOLDER / "vendor" / "README.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"\| `([\w.-]+)` \|.*`([0-9a-f]{64})` \|", readme))
    folder = STATIC_FOLDER / "vendor"
    assert named == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.js")}
    assert len(gzip.compress((folder / "codemirror.js").read_bytes())) < 220 * 1000


def test_the_address_of_a_file_changes_with_its_content(look_app):
    with look_app.test_request_context():
        digest = hashlib.sha256((CSS / "core.css").read_bytes()).hexdigest()[:10]
        assert asset_url("css/core.css") == f"/static/css/core.css?v={digest}"


def test_a_missing_file_is_an_error_at_once():
    with pytest.raises(FileNotFoundError):
        fingerprint("css/none.css")
