"""A guest comes in through the same door as the built-in slices, and only when it may."""

import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from lms.app import create_app
from lms.core.actors import Role
from lms.core.db import Base
from lms.core.plugin_manager import PluginRefused, check_tables
from lms.core.registry import NameTaken
from lms.core.settings import Secret, Settings
from lms.courses import service as courses
from lms.plugins.hooks import API_VERSION
from lms.testing.client import ReviewingClient

PACKAGE = Path(__file__).parent / "lms_plugin_example"
GUEST = """\
from lms.plugins.hooks import hookimpl
API_VERSION = {version}
{rest}
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return ``site(name, target)``: installs an entry point the way an installer writes it."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))

    def install(name: str, target: str) -> Path:
        metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[lms.plugins]\n{name} = {target}\n")
        return folder

    return install


@pytest.fixture
def example(site, monkeypatch):
    """Install the example as its own setup.cfg says."""
    monkeypatch.syspath_prepend(str(PACKAGE))
    config = ConfigParser()
    config.read(PACKAGE / "setup.cfg")
    name, _, target = config["options.entry_points"]["lms.plugins"].strip().partition(" = ")
    site(name, target)
    return name


@pytest.fixture
def build(tmp_path):
    """Return ``build(*plugins)``: an application with these guests allowed in."""

    def built(*plugins: str, **settings):
        data_dir = tmp_path / "data"
        values = {"secret_key": Secret("k" * 40), "database_url": f"sqlite:///{data_dir / 'ruta.db'}"}
        return create_app(Settings(data_dir=data_dir, plugins=plugins, testing=True, **values, **settings))

    return built


@pytest.fixture
def guest(site, monkeypatch):
    """Return ``guest(name, rest, version=1)``: installs a plugin of one module with this code."""

    def installed(name: str, rest: str = "", version: int | None = API_VERSION) -> str:
        monkeypatch.delitem(sys.modules, f"guest_{name}", raising=False)
        folder = site(name, f"guest_{name}")
        (folder / f"guest_{name}.py").write_text(GUEST.format(version=version, rest=rest))
        return name

    return installed


def test_an_installed_plugin_stays_outside_until_it_is_allowed(example, build):
    assert "example.pauses" not in build().view_functions


def test_an_allowed_plugin_adds_its_page_and_its_permission(example, build):
    app = build(example)
    assert "example.pauses" in app.view_functions
    assert "example.read-pauses" in {
        permission.value for permission in app.extensions["lms_role_grants"][Role.TRAINEE]
    }
    page = ReviewingClient(app).get("/pauses/", status=303)
    assert "sign-in" in page.location


def test_an_allowed_plugin_adds_its_block(example, build, tmp_path):
    app = build(example)
    folder = tmp_path / "curso-de-pausas"
    (folder / "01-marco").mkdir(parents=True)
    (folder / "curso.yaml").write_text(
        "titulo: Curso\nresumen: Uno.\nhoras: 1\nmodulos:\n  - carpeta: 01-marco\n    titulo: Marco\n    horas: 1\n"
    )
    (folder / "fuentes.yaml").write_text("PAL:\n  titulo: Protocolo\n  consultado: 2026-11-21\n")
    (folder / "glosario.md").write_text("## Canalizar\nAcompañar a la persona.\n")
    head = "---\ntitulo: Tema\nminutos: 1\nobjetivo: Leer.\nrevisado: 2026-11-21\nfuentes: [PAL]\n---\n"
    lesson = folder / "01-marco" / "01-tema.md"
    lesson.write_text(f"{head}\n::: pausa {{minutos=3}}\nRespire.\n:::\n")
    with app.app_context():
        compiled = courses.check(folder)
        assert compiled.diagnostics == ()
        lesson.write_text(f"{head}\n::: pausa {{minutos=tres}}\nRespire.\n:::\n")
        (problem,) = courses.check(folder).diagnostics
    assert (problem.code, problem.path, problem.line) == ("X101", "01-marco/01-tema.md", 9)


def test_safe_mode_starts_without_guests(example, build):
    assert "example.pauses" not in build(example, safe_mode=True).view_functions


def test_a_plugin_that_is_not_installed_stops_the_start(build):
    with pytest.raises(PluginRefused, match="missing-one"):
        build("missing-one")


@pytest.mark.parametrize("version", [None, API_VERSION + 1])
def test_a_plugin_for_another_interface_stops_the_start(build, guest, version):
    name = guest("elder", version=version)
    with pytest.raises(PluginRefused, match=f"interfaz {version}"):
        build(name)


def test_a_hook_that_nobody_calls_stops_the_start(build, guest):
    name = guest("typo", "@hookimpl\ndef register_slises():\n    return []\n")
    with pytest.raises(PluginRefused, match="register_slises"):
        build(name)


def test_a_name_that_is_taken_stops_the_start(build, guest):
    rest = (
        "from lms.courses.blocks.reveal import Reveal\n"
        "@hookimpl\ndef register_markdown_blocks():\n    return [Reveal()]\n"
    )
    name = guest("twin", rest)
    with pytest.raises(NameTaken, match="revelar"):
        build(name)


def test_a_view_without_policy_stops_the_start(build, guest):
    rest = (
        "from flask import Blueprint\nfrom lms.plugins.slices import Slice\n"
        "bp = Blueprint('loose', __name__)\nbp.add_url_rule('/loose', 'end', lambda: '')\n"
        "@hookimpl\ndef register_slice():\n    return Slice(name='loose', blueprints=(bp,))\n"
    )
    name = guest("loose", rest)
    with pytest.raises(RuntimeError, match=r"loose\.end"):
        build(name)


def test_a_table_that_could_be_taken_for_ours_stops_the_start(build, guest):
    rest = (
        "from sqlalchemy.orm import Mapped, mapped_column\nfrom lms.core.db import Base\n"
        "class Stray(Base):\n    __tablename__ = 'stray'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
    )
    name = guest("hoarder", rest)
    try:
        with pytest.raises(PluginRefused, match=r"stray.*plugin_hoarder_"):
            build(name)
    finally:
        Base.metadata.remove(Base.metadata.tables["stray"])


def test_tables_of_a_guest_carry_its_name():
    check_tables("sms-alerts", ["plugin_sms_alerts_message"])
    with pytest.raises(PluginRefused, match="plugin_sms_alerts_"):
        check_tables("sms-alerts", ["plugin_sms_alerts_message", "person_phone"])
