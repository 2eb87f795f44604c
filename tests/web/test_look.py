"""The page chrome and the components, rendered with nothing of the product around them."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from lms.web.assets import TEMPLATE_FOLDER, fingerprint

PAGES = ("/gallery", "/plain", "/errors/404", "/gallery?appearance=dark")


def read(look: FlaskClient, path: str) -> BeautifulSoup:
    answer = look.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(), "html.parser")


def only(soup: BeautifulSoup | Tag, css: str) -> Tag:
    found = soup.select(css)
    assert len(found) == 1, f"{len(found)} of {css}"
    return found[0]


def component(app: Flask, call: str, **values: object) -> BeautifulSoup:
    with app.test_request_context("/list?sector=salud&page=2"):
        source = '{% import "ui/macros.html" as m %}{% import "ui/forms.html" as f %}' + call
        return BeautifulSoup(render_template_string(source, **values), "html.parser")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_code_or_style(look, path):
    soup = read(look, path)
    assert soup.select("[style], style") == []
    assert [script for script in soup.select("script") if not script.get("src")] == []
    handlers = [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert handlers == []


@pytest.mark.parametrize("path", PAGES)
def test_every_icon_on_a_page_has_its_drawing_once_and_no_other_travels(look, path):
    soup = read(look, path)
    used = {use["href"].removeprefix("#") for use in soup.select("use")}
    drawn = [symbol["id"] for symbol in soup.select("symbol")]
    assert sorted(used) == sorted(drawn)


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_used_once_and_there_is_one_heading(look, path):
    soup = read(look, path)
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    only(soup, "h1")


def test_the_sprite_is_the_last_thing_of_the_body(look):
    body = read(look, "/gallery").body
    assert [child for child in body.children if isinstance(child, Tag)][-1]["class"] == ["sprite"]


def test_a_page_that_says_nothing_about_its_chrome_still_stands(look):
    soup = read(look, "/plain")
    assert soup.html["lang"] == "es"
    assert soup.select("nav, details, .bottom-bar") == []


def test_the_skip_link_comes_first_and_leads_to_the_content(look):
    soup = read(look, "/gallery")
    first = soup.body.find("a")
    assert first["class"] == ["skip-link"]
    only(soup, f"main{first['href']}")


def test_the_current_destination_is_marked_in_the_header_and_in_the_bar_of_phones(look):
    soup = read(look, "/gallery")
    assert only(soup, ".nav [aria-current=page]").get_text() == "Mi aprendizaje"
    assert only(soup, ".bottom-bar [aria-current=page]").get_text() == "Inicio"


def test_a_real_case_outranks_any_course(look):
    link = only(read(look, "/gallery"), ".header .button")
    assert link["href"] == "/case"
    assert "¿Tiene un caso ahora?" in link.get_text()


def test_choices_and_sign_out_are_forms_with_a_token_that_come_back_here(look):
    soup = read(look, "/gallery?lang=es")
    forms = {form["action"]: form for form in soup.select(".menu form")}
    assert set(forms) == {"/appearance", "/language", "/out"}
    for form in forms.values():
        assert form["method"] == "post"
        assert only(form, "[name=csrf_token]")["value"]
    assert only(forms["/appearance"], "[name=next]")["value"] == "/gallery?lang=es"
    assert only(forms["/language"], "[aria-pressed=true]")["value"] == "es"


@pytest.mark.parametrize(
    ("choice", "theme", "sheets"), [("auto", None, 0), ("light", "light", 0), ("dark", "dark", 1)]
)
def test_the_chosen_appearance_needs_no_script(look, choice, theme, sheets):
    soup = read(look, f"/gallery?appearance={choice}")
    assert soup.html.get("data-theme") == theme
    assert len(soup.select("link[href*='dark.css']")) == sheets


def test_a_visitor_is_offered_to_sign_in(look_app):
    page = '{% extends "layouts/page.html" %}{% block title %}x{% endblock %}'
    soup = component(look_app, page, urls={"sign_in": "/in", "language": "/language"})
    assert only(soup, ".header .button--primary")["href"] == "/in"
    assert soup.select(".avatar") == []


def test_the_font_is_preloaded_at_the_very_address_that_the_style_sheet_asks_for(look):
    preload = only(read(look, "/plain"), "link[rel=preload]")["href"]
    with look.get("/static/css/core.css") as answer:
        sheet = answer.get_data(as_text=True)
    assert re.findall(r"url\(\.\.(/fonts/[^)]+)\)", sheet) == [preload.removeprefix("/static")]


def test_assets_carry_their_fingerprint_and_are_there(look):
    soup = read(look, "/gallery")
    addresses = [tag.get("href") or tag.get("src") for tag in soup.select("link, script")]
    for address in addresses:
        name, version = address.removeprefix("/static/").split("?v=")
        assert version == fingerprint(name)
        with look.get(address) as answer:
            assert answer.status_code == 200


def test_htmx_is_told_not_to_write_styles(look):
    assert '"includeIndicatorCSS": false' in only(read(look, "/plain"), "meta[name=htmx-config]")["content"]


def test_an_error_page_says_what_happened_and_gives_a_way_out(look):
    soup = read(look, "/errors/404")
    text = soup.main.get_text(" ", strip=True)
    assert "Error 404" in text
    assert "Su avance está guardado." in text
    assert "7f2a" in text
    assert only(soup, "main .button--primary")["href"] == "/"


def test_an_error_inside_a_page_brings_its_own_drawings(look):
    soup = read(look, "/fragment")
    assert only(soup, "[role=alert] symbol")["id"] == "i-octagon-x"


def test_no_template_writes_a_style_or_a_script():
    for path in TEMPLATE_FOLDER.rglob("*.html"):
        if path.parent.name == "email":
            continue
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|<script(?! src)|\son[a-z]+=", source), path


def test_a_station_rounds_its_progress_to_what_the_sheet_knows(look_app):
    soup = component(look_app, '{{ m.station("current", "", "Módulo", 3, progress=33) }}')
    assert only(soup, ".station")["data-progress"] == "35"


def test_a_bar_never_leaves_its_axis(look_app):
    soup = component(look_app, "{{ m.bar(130, target=-4) }}")
    bar = only(soup, ".bar")
    assert (bar["data-v"], bar["data-target"]) == ("100", "0")


def test_a_split_bar_shows_shares_and_keeps_small_parts_visible(look_app):
    soup = component(look_app, "{{ m.split_bar([990, 9, 1]) }}")
    assert [part["data-n"] for part in soup.select("i")] == ["99", "1", "1"]


def test_a_split_bar_of_nobody_is_empty(look_app):
    assert component(look_app, "{{ m.split_bar([0, 0, 0]) }}").select("i") == []


def test_a_miniature_route_says_its_progress_once(look_app):
    soup = component(look_app, "{{ m.mini_route(6, 2) }}")
    route = only(soup, ".mini-route")
    assert route["aria-label"] == "2 de 6 módulos"
    assert len(route.select("[data-done]")) == 2
    only(route, "[data-current]")


def test_page_links_keep_the_filters_of_the_list(look_app):
    soup = component(
        look_app, "{{ m.pagination(page) }}", page={"number": 2, "count": 3, "numbers": [1, 2, 3]}
    )
    assert [a["href"] for a in soup.select("a")] == [f"/list?sector=salud&page={n}" for n in (1, 1, 2, 3, 3)]
    assert only(soup, "[aria-current=page]").get_text() == "2"


def test_one_page_needs_no_links(look_app):
    soup = component(look_app, "{{ m.pagination(page) }}", page={"number": 1, "count": 1, "numbers": [1]})
    assert soup.select("nav") == []


def test_a_message_after_a_redirect_is_announced_and_escaped(look_app):
    soup = component(look_app, '{{ m.flashes([("error", "No <b>se</b> pudo")]) }}')
    assert only(soup, "[role=status] .callout")["data-kind"] == "error"
    assert "No <b>se</b> pudo" in soup.get_text()


def test_an_act_without_return_is_asked_with_a_token_and_an_exit(look_app):
    call = (
        '{% call m.confirm("¿Revocar?", "/revoke", "Revocar", "/back", danger=true, hidden={"reason": "x"}) %}'
        "<p>No se puede deshacer.</p>{% endcall %}"
    )
    soup = component(look_app, call)
    form = only(soup, "form[method=post][action='/revoke']")
    assert {field["name"] for field in form.select("input")} == {"csrf_token", "reason"}
    assert only(form, "a")["href"] == "/back"


def test_sectors_are_always_named(look_app):
    soup = component(look_app, '{{ m.sector("protection", text=false) }}')
    assert soup.get_text(strip=True) == "Trabajo social y protección"
