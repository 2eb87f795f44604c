"""What is kept about a person who writes and reviews, shown and erased."""

from lms.accounts.models import Person
from lms.authoring import queries, reviewing
from lms.authoring.models import Part
from lms.authoring.privacy import DRAFTS
from lms.core.actors import Actor
from lms.core.clock import now
from lms.core.db import db
from lms.testing.factories.authoring import LESSON, ask_review


def test_a_person_gets_what_they_did_and_is_taken_out_of_it(unit, author, draft, browser, reviewer):
    url = f"/authoring/{draft.id}/files/{LESSON}"
    page = browser.get(url)
    base = page.select("input[name=base]")[0]["value"]
    browser.post(
        url, {"base": base, "text": page.select("textarea[name=text]")[0].string.removeprefix("\n") + "\n"}
    )
    with unit():
        mine = queries.get_draft(draft.id)
        person = db.session.get(Person, author.id)
        review = ask_review(mine, person)
        actor = Actor(person_id=author.id, name=author.name)
        reviewing.remark(review, path="", line=0, text="Falta la fuente.", actor=actor, now=now())
    with unit():
        kept = DRAFTS.export(author.id)
        assert [row for row in kept if row.get("part") == Part.AUTHOR.value]
        assert [row["file"] for row in kept if "changed" in row] == [LESSON]
        assert [row["comment"] for row in kept if "comment" in row] == ["Falta la fuente."]
        assert [row for row in kept if "review" in row and row["asked"]]
        assert DRAFTS.export(reviewer.id) == []
        assert DRAFTS.erase(author.id) > 3
        assert [row for row in DRAFTS.export(author.id) if "review" not in row] == []
    with unit():
        assert queries.list_people(draft.id) == []
        assert queries.get_row(draft.id).changed_by == "Ruta"
