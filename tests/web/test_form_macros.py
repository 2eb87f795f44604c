"""Every kind of field: label, help before it, error after it, all tied together."""

import pytest
from bs4 import BeautifulSoup

CONTROLS = ["name", "email", "institution", "notes", "remember", "day", "roster"]


@pytest.fixture
def soup(look):
    return BeautifulSoup(look.get("/gallery").get_data(), "html.parser")


@pytest.mark.parametrize("name", CONTROLS)
def test_each_control_has_its_label(soup, name):
    (control,) = soup.select(f"[name={name}]")
    assert soup.select(f"label[for={control['id']}]")


def test_help_and_error_describe_the_control(soup):
    (control,) = soup.select("#name")
    described = [soup.find(id=name).get_text(" ", strip=True) for name in control["aria-describedby"].split()]
    assert described == ["Como en la constancia.", "Escriba su nombre"]
    assert control["aria-invalid"] == "true"


def test_a_control_without_fault_says_nothing(soup):
    (control,) = soup.select("#notes")
    assert "aria-invalid" not in control.attrs
    assert "aria-describedby" not in control.attrs


def test_optional_fields_say_so_and_required_ones_do_not(soup):
    assert "(opcional)" in soup.select_one("label[for=notes]").get_text()
    assert "(opcional)" not in soup.select_one("label[for=name]").get_text()


def test_the_summary_leads_to_each_field(soup):
    (summary,) = soup.select(".callout[role=alert]")
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets[:4] == ["name", "email", "institution", "mode"]
    assert all(soup.find(id=target) for target in targets)


def test_a_group_of_choices_has_its_legend_and_its_error(soup):
    (group,) = soup.select("fieldset#mode")
    assert group.legend.get_text(strip=True) == "Modalidad"
    assert group["role"] == "radiogroup"
    assert group["aria-invalid"] == "true"
    assert soup.find(id=group["aria-describedby"])
    assert len(group.select("label.option input[type=radio]")) == 2


def test_several_answers_are_checkboxes_in_a_group(soup):
    assert len(soup.select("fieldset#languages input[type=checkbox]")) == 2


def test_boxes_are_drawn_as_boxes_and_ticks_are_not(soup):
    assert soup.select("input.input#name")
    assert not soup.select("#remember.input, #roster.input")


def test_the_token_is_sent_and_hidden_fields_have_no_label(soup):
    form = soup.select_one("form:has(#name)")
    assert form.select("[name=csrf_token]")
    assert form.select("input[type=hidden][name=token]")
    assert not soup.select("label[for=token]")
