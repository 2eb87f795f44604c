"""Everybody's enrolments as a file: a job makes it, only who asked takes it, and it does not stay."""

import csv
import io
from datetime import timedelta

from lms.core.actors import Role, ScopeKind
from lms.core.clock import now
from lms.core.context import STORAGE, current_storage
from lms.core.db import db
from lms.core.storage import PIECE, LocalStorage
from lms.reports.lists import service
from lms.reports.lists.models import EnrolmentList
from lms.reports.lists.service import forget_lists
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from tests.reports.test_views import world

__all__ = ["world"]


def test_a_list_is_made_taken_by_who_asked_noted_and_erased(client_for, world, run_jobs, unit):
    with unit():
        asker, other = make_administrator(), make_person()
        give_role(other, Role.ADMINISTRATOR, ScopeKind.PROGRAMME, world["programme"].id)
    browser = client_for(asker)
    address = f"/reports/lists/programmes/{world['programme'].id}"
    client_for(world["reviewer"]).get(address, status=403)
    page = browser.post(address, {"form": "csv"}).location
    assert "Se está preparando" in browser.get(page).text
    browser.get(f"{page}/file", status=404)
    run_jobs()
    assert browser.get(page).select(f'a[href="{page}/file"]')
    content = browser.raw.get(f"{page}/file").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content)))
    assert len(lines) == 1 + 34
    assert {line[4] for line in lines[1:]} == {name for name in world["places"] if "Turismo" not in name}
    client_for(other).get(page, status=404)
    log = browser.get("/reports/exports").text
    assert "lista de inscripciones" in log
    assert asker.name in log
    with unit():
        digest = db.session.query(EnrolmentList).one().digest
        assert current_storage().get(digest)
        assert forget_lists(now() + timedelta(days=3)) == 1
    browser.get(page, status=404)
    with unit():
        assert not db.session.query(EnrolmentList).count()


class NarrowStorage(LocalStorage):
    """Holds a megabyte in memory at most."""

    def put_pieces(self, pieces):
        def weighed():
            for piece in pieces:
                assert len(piece) <= PIECE
                yield piece

        return super().put_pieces(weighed())

    def put(self, content):
        assert len(content) <= PIECE
        return super().put(content)

    def get(self, digest):
        content = super().get(digest)
        assert len(content) <= PIECE
        return content


def test_a_long_list_is_never_in_memory_as_a_whole(
    app, client_for, world, run_jobs, unit, tmp_path, monkeypatch
):
    content = b"x" * (3 * PIECE + 1)

    def write(_programme, path, **_how):
        path.write_bytes(content)
        return 1

    monkeypatch.setattr(service, "export", write)
    monkeypatch.setitem(app.extensions, STORAGE, NarrowStorage(tmp_path))
    with unit():
        asker = make_administrator()
    browser = client_for(asker)
    page = browser.post(f"/reports/lists/programmes/{world['programme'].id}", {"form": "csv"}).location
    run_jobs()
    answer = browser.raw.get(f"{page}/file", buffered=False)
    pieces = list(answer.response)
    answer.close()
    assert answer.headers["Content-Length"] == str(len(content))
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= PIECE
