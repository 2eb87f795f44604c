"""``lms reports`` from the terminal: figures that agree, figures that do not, and the list as a file."""

from click.testing import CliRunner
from sqlalchemy import update

from lms.core.db import db
from lms.institutions.programmes.queries import get_programme
from lms.reports.tallies.cli import reports
from lms.reports.tallies.models import Tally
from lms.testing.factories.learning import make_cohort, make_enrolment


def test_figures_are_verified_mended_and_listed_from_the_terminal(app, unit, tmp_path):
    def run(*arguments):
        return CliRunner().invoke(reports, list(arguments), obj=lambda: app)

    with unit():
        cohort = make_cohort()
        make_enrolment(cohort)
        code = get_programme(cohort.programme_id).code
    assert run("verify").exit_code == 0
    with unit():
        db.session.execute(update(Tally).values(enrolled=7))
    wrong = run("verify")
    assert (wrong.exit_code, "0 diferencias" in wrong.output) == (1, False)
    assert run("recount").exit_code == 0
    assert run("verify").exit_code == 0
    file = tmp_path / "lista.csv"
    assert "1 filas" in run("export", code.lower(), str(file)).output
    assert file.exists()
    assert run("export", "nada", str(file)).exit_code == 2
