"""Which browser is taken, and what is said when there is none."""

import sys

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
    assert "apt install chromium" in chromium.why_no_browser()


def test_a_driver_that_does_not_start_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(make_browser(tmp_path, "my-browser")))
    package = tmp_path / "playwright"
    (package / "driver").mkdir(parents=True)
    (package / "__init__.py").touch()
    node = make_browser(package / "driver", "node")
    node.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "playwright", raising=False)
    assert "apt install libatomic1" in chromium.why_no_browser()
