"""Which browser is taken, and what is said when there is none."""

from lms.testing import chromium


def make_browser(folder, name):
    browser = folder / name
    browser.write_text("#!/bin/sh\n", encoding="utf-8")
    browser.chmod(0o755)
    return browser


def test_takes_the_first_on_the_path(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    browser = make_browser(tmp_path, "google-chrome")
    assert chromium.find_chromium().executable == browser


def test_the_variable_wins(tmp_path, monkeypatch):
    make_browser(tmp_path, "chromium")
    other = make_browser(tmp_path, "my-browser")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(other))
    options = chromium.find_chromium().launch_options()
    assert options["executable_path"] == str(other)
    assert "--no-sandbox" in options["args"]


def test_none_is_explained(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find_chromium() is None
    assert "apt install chromium" in chromium.MISSING
