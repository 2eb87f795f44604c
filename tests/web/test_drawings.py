"""What is drawn: icons, tiles, QR codes and the serpentine."""

import re
from io import BytesIO

import cv2
import numpy as np
import pytest
from flask import Flask
from PIL import Image

from lms.web.glyphs import NAMES, UnknownIcon, glyph, sprite_of
from lms.web.icons import icon, sprite, use_icons
from lms.web.qr import qr_png, qr_svg
from lms.web.sectors import SECTORS, find_sector
from lms.web.serpentine import serpentine
from lms.web.tiles import SIDE, WALLS, tiles

ADDRESS = "https://ruta.example.org/v/RT7K-4M2Q-9D"


def test_an_icon_is_silent_and_arrows_turn_with_the_text():
    assert 'aria-hidden="true"' in glyph("check")
    assert "icon--flip" in glyph("arrow-right")
    assert "icon--flip" not in glyph("check")


def test_an_icon_class_cannot_break_out_of_its_attribute():
    assert '"><script>' not in glyph("check", '"><script>')


def test_an_unknown_icon_fails_where_it_is_asked_for():
    with pytest.raises(UnknownIcon, match="no-such-icon"):
        glyph("no-such-icon")


def test_the_sprite_has_each_drawing_once():
    assert re.findall('id="([^"]+)"', sprite_of(["x", "check", "x"])) == ["i-check", "i-x"]
    assert sprite_of([]) == ""


def test_a_page_sends_only_the_drawings_it_used(look_app):
    with look_app.test_request_context():
        icon("check")
        use_icons(["scale"])
        assert re.findall('id="([^"]+)"', sprite()) == ["i-check", "i-scale"]
    with look_app.test_request_context():
        assert sprite() == ""


def test_all_sectors_have_a_drawing_and_a_word_for_authors():
    assert {sector.icon for sector in SECTORS.values()} <= NAMES
    assert [find_sector(sector.slug) for sector in SECTORS.values()] == list(SECTORS.values())
    assert find_sector("deporte") is None


@pytest.mark.parametrize("wall", sorted(WALLS))
def test_a_wall_is_the_same_for_the_same_seed_and_only_for_it(wall):
    assert tiles("salud", wall) == tiles("salud", wall)
    assert tiles("salud", wall) != tiles("justicia", wall)
    assert len(tiles("salud", wall)) < 8 * 1024


@pytest.mark.parametrize("seed", [f"curso-{n}" for n in range(40)])
def test_the_route_goes_from_its_first_row_to_its_last_and_leaves_the_picture(seed):
    drawing = tiles(seed, "cover", stations=6)
    wall = WALLS["cover"]
    (line,) = re.findall(r'stroke-width="8" d="([^"]+)"', drawing)
    points = [(int(x), int(y)) for x, y in re.findall(r"(?:M|L|[01] )(\d+) (\d+)(?=[LA]|$)", line)]
    assert points[0] == (0, wall.start * SIDE + SIDE // 2)
    assert points[-1] == (wall.cols * SIDE, wall.end * SIDE + SIDE // 2)
    assert 1 <= drawing.count("<circle") <= 6


def test_a_wall_can_have_no_stations():
    assert "<circle" not in tiles("salud", "cover", stations=0)


@pytest.mark.parametrize("scale", [2, 6])
def test_a_code_reads_back(scale):
    picture = np.array(Image.open(BytesIO(qr_png(ADDRESS, scale))).convert("L"))
    enlarged = cv2.resize(picture, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    assert cv2.QRCodeDetector().detectAndDecode(enlarged)[0] == ADDRESS


def test_the_drawn_code_is_the_code_of_the_picture():
    drawing = qr_svg(ADDRESS, "Código")
    side = int(re.search(r'viewBox="-4 -4 (\d+) ', drawing)[1])
    picture = np.full((side, side), 255, np.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing):
        picture[int(y) + 4, int(x) + 4 : int(x) + 4 + int(length)] = 0
    assert (picture == np.array(Image.open(BytesIO(qr_png(ADDRESS, 1))).convert("L"))).all()


def test_a_code_says_what_it_is_and_its_title_is_escaped():
    assert 'aria-label="&lt;b&gt;"' in qr_svg(ADDRESS, "<b>")


@pytest.mark.parametrize(
    ("total", "done", "on", "last"), [(52, 38, 37, 1), (5, 0, 0, 0), (13, 13, 12, 1), (4, 9, 3, 1)]
)
def test_the_serpentine_has_a_station_per_person(look_app: Flask, total, done, on, last):
    with look_app.test_request_context():
        drawing = serpentine(total, done)
    assert drawing.count("<circle") == total
    assert drawing.count('class="s-on"') == on
    assert drawing.count('class="s-last"') == last
    assert f'aria-label="{min(done, total)} de {total} personas registradas"' in drawing


def test_an_empty_room_draws_nothing(look_app):
    with look_app.test_request_context():
        assert serpentine(0, 0) == ""
