"""The reference pages say what the code says."""

from pathlib import Path

import pytest

from tools import build_docs
from tools.reference.declared import undeclared, unexplained


@pytest.fixture(scope="module")
def documented(tmp_path_factory):
    return build_docs.documented_app(tmp_path_factory.mktemp("docs"))


@pytest.fixture(scope="module")
def pages(documented):
    return build_docs.build(documented)


def test_the_committed_pages_are_fresh(pages):
    assert build_docs.stale(pages, build_docs.FOLDER) == [], "run: make docs"


def test_every_event_and_job_is_declared_by_its_slice(documented):
    assert undeclared(documented) == []


def test_every_setting_and_permission_says_what_it_means(documented):
    assert unexplained(documented) == []


def test_building_twice_gives_the_same_text(documented, pages):
    assert build_docs.build(documented) == pages


def test_the_pages_name_no_folder_of_this_machine(pages):
    homes = {str(Path.home()), str(build_docs.FOLDER.parents[1])}
    assert not [name for name, text in pages.items() if any(home in text for home in homes)]


def test_a_changed_a_missing_and_a_foreign_page_are_stale(tmp_path):
    (tmp_path / "events.md").write_text("old", encoding="utf-8")
    (tmp_path / "foreign.md").write_text("not ours", encoding="utf-8")
    assert build_docs.stale({"events.md": "new", "jobs.md": "new"}, tmp_path) == [
        "events.md",
        "foreign.md",
        "jobs.md",
    ]


def test_writing_mends_what_is_stale_and_nothing_else(tmp_path):
    pages = {"events.md": "new", "jobs.md": "same"}
    (tmp_path / "events.md").write_text("old", encoding="utf-8")
    (tmp_path / "jobs.md").write_text("same", encoding="utf-8")
    (tmp_path / "foreign.md").write_text("not ours", encoding="utf-8")
    assert build_docs.write(pages, tmp_path) == ["events.md", "foreign.md"]
    assert build_docs.stale(pages, tmp_path) == []


def test_a_page_states_permission_code_hook_and_setting(pages):
    assert "`accounts.manage-people`" in pages["permissions.md"]
    assert "`accounts.role-given`" in pages["events.md"]
    assert "def register_markdown_blocks() -> list[MarkdownBlock]:" in pages["hooks.md"]
    assert "`LMS_SMTP_HOST`" in pages["settings.md"]
    assert "lms course check" in pages["commands.md"]
    assert "`/account/sign-in`" in pages["routes.md"]
    assert "`core.seal-audit`" in pages["jobs.md"]
    assert "`sign_in_session`" in pages["personal-data.md"]


def test_the_page_of_the_checker_is_up_to_date():
    assert not build_docs.is_guide_stale(), "run: make docs"
