"""The order of `make test`, its summary, and how it ends."""

import sys

import pytest

from tools import check_all
from tools.check_all import Outcome, Result, Step


def step(code, *, name="sample", reason_to_skip=""):
    return Step(name, "Muestra", (sys.executable, "-c", code), reason_to_skip)


def test_every_promise_has_a_step():
    names = [each.name for each in check_all.all_steps()]
    promised = ["format", "lint", "source", "contracts", "types", "assets", "sqlite", "postgresql"]
    assert [name for name in names if name in promised] == promised
    assert names[-2:] == ["browser-sqlite", "browser-postgresql"]


def test_shows_what_a_step_prints_and_how_long_it_took(capsys):
    result = check_all.run(step("print('hola')"))
    shown = capsys.readouterr().out
    assert result.outcome is Outcome.GOOD
    assert "── Muestra (sample)" in shown
    assert "hola" in shown
    assert f"bien en {result.seconds:.1f} s" in shown


def test_a_failing_step_fails_and_the_rest_still_runs(monkeypatch, capsys):
    steps = [step("raise SystemExit(3)", name="first"), step("print('después')", name="second")]
    monkeypatch.setattr(check_all, "all_steps", lambda: steps)
    assert check_all.main([]) == 1
    shown = capsys.readouterr().out
    assert "después" in shown
    assert 'Fallaron 1 de 2. Para repetirlas: make test ONLY="first"' in shown


def test_a_step_that_cannot_run_says_why(monkeypatch, capsys):
    monkeypatch.setattr(check_all, "all_steps", lambda: [step("", reason_to_skip="no hay Chromium")])
    assert check_all.main([]) == 0
    shown = capsys.readouterr().out
    assert shown.count("no hay Chromium.") == 2
    assert "omitido" in shown


def test_the_end_repeats_the_closing_line_of_every_pytest_run():
    lines = [
        "==== 3 passed, 1 skipped in 2.10s ====",
        "== 1 failed, 4 passed, 2 errors in 60.00s (0:01:00) ==",
    ]
    results = [Result(step("", name=line), Outcome.GOOD, 1, line) for line in lines]
    end = check_all.summary(results)
    assert all(line in end for line in lines)
    assert "Pruebas en total: 7 passed, 1 skipped, 1 failed, 2 error" in end
    assert end.endswith("Todo está bien.")


@pytest.mark.parametrize(
    "line",
    [
        "\x1b[32m==== \x1b[1m12 passed\x1b[0m\x1b[32m in 3.21s\x1b[0m ====",
        "12 passed, 1 warning in 3.21s",
        "no tests ran in 0.01s",
    ],
)
def test_recognises_the_closing_line(line, capsys):
    result = check_all.run(step(f"print({line!r})"))
    assert "in " in result.closing_line
    assert "\x1b" not in result.closing_line


def test_settings_of_an_installation_do_not_reach_the_tests(monkeypatch):
    monkeypatch.setenv("LMS_DATABASE_URL", "postgresql://production")
    monkeypatch.setenv("LMS_TEST_POSTGRES", "wheel")
    kept = check_all.environment()
    assert "LMS_DATABASE_URL" not in kept
    assert kept["LMS_TEST_POSTGRES"] == "wheel"


def test_only_some_steps():
    steps = [step("", name="types"), step("", name="sqlite")]
    assert [each.name for each in check_all.chosen(steps, ["sqlite"])] == ["sqlite"]
    with pytest.raises(SystemExit, match=r"No existe speed\. Los pasos son: types, sqlite\."):
        check_all.chosen(steps, ["speed"])
