"""What waits for a signature stays out of the release until a named person signs its exact text."""

from uuid import UUID

import pytest
from sqlalchemy import event, insert, select

from lms.authoring import queries, service, signing
from lms.authoring.models import Draft, DraftFile
from lms.core.actors import SYSTEM, Actor
from lms.core.clock import now
from lms.core.context import current_storage
from lms.core.db import db
from lms.core.ids import new_id
from lms.courses.models import Release, Unit, UnitTranslation
from lms.courses.queries import list_outline
from lms.testing.factories.authoring import LESSON, QUIZ, course_files, make_draft

PAGE_URL = f"signatures/page/{LESSON}"


@pytest.fixture
def draft(unit, author):
    """Return a draft with a page and a question that wait for a signature."""
    files = course_files()
    files[LESSON] = files[LESSON].replace(b"minutos: 1\n", b"minutos: 1\nverificar: el plazo de la norma\n")
    files[QUIZ] = files[QUIZ].replace(b"{id=senales-dos}", b'{id=senales-dos verificar="la clave"}')
    with unit():
        return make_draft(author, files=files)


def sign(client, draft, url=PAGE_URL, status=303):
    page = client.get(f"/authoring/{draft.id}/{url}")
    values = {tag["name"]: tag["value"] for tag in page.select("input[name=fingerprint]")}
    return client.post(
        f"/authoring/{draft.id}/{url}", {**values, "post": "Dirección jurídica"}, status=status
    )


def release(unit, browser, client_for, reviewer, administrator, draft):
    review_url = browser.post(f"/authoring/{draft.id}/reviews/ask").location
    client_for(reviewer).post(f"{review_url}/approve", {"note": ""})
    data = {"change_class": "assessment", "notes": ""}
    made = client_for(administrator).post(f"/authoring/{draft.id}/release", data).location
    with unit():
        return db.session.get(Release, UUID(made.rpartition("/")[2]))


def units_of(unit, release):
    with unit():
        return [each.slug for module in list_outline(release.id) for each in module.units]


def translations_of(unit, release):
    with unit():
        statement = select(UnitTranslation.language).join(Unit).where(Unit.release_id == release.id)
        return list(db.session.scalars(statement))


def test_the_editor_shows_what_is_held_back_and_says_so(browser, draft):
    page = browser.get(f"/authoring/{draft.id}/files/{LESSON}")
    assert "Lo común" in page.select("[data-preview]")[0].get_text()
    assert "no se publica hasta que alguien firme: falta verificar el plazo de la norma" in page.text
    assert "La pregunta «senales-dos» no se publica" in page.text
    listed = browser.get(f"/authoring/{draft.id}/signatures").text
    assert listed.count("Espera firma") == 2


def test_without_a_signature_it_stays_out_and_with_one_it_comes(
    browser, client_for, reviewer, administrator, draft, unit
):
    first = release(unit, browser, client_for, reviewer, administrator, draft)
    assert units_of(unit, first) == ["comprobacion", "leccion", "comprobacion"]
    client = client_for(reviewer)
    sign(client, draft)
    sign(client, draft, "signatures/question/senales-dos")
    second = release(unit, browser, client_for, reviewer, administrator, draft)
    assert units_of(unit, second) == ["leccion", "comprobacion", "leccion", "comprobacion"]
    with unit():
        kept = current_storage().get(queries.files_of(draft.id)["firmas.yaml"]).decode()
    assert f'pagina: "{LESSON}"' in kept
    assert f'por: "{reviewer.name}, Dirección jurídica"' in kept
    assert 'pregunta: "senales-dos"' in kept


def test_signing_leaves_a_review_open(browser, client_for, reviewer, administrator, draft):
    review_url = browser.post(f"/authoring/{draft.id}/reviews/ask").location
    sign(client_for(reviewer), draft)
    client_for(reviewer).post(f"{review_url}/approve", {"note": ""})
    assert "La versión" not in client_for(administrator).get(f"/authoring/{draft.id}/release").text
    client_for(administrator).post(f"/authoring/{draft.id}/release", {"change_class": "content", "notes": ""})


def test_another_text_needs_another_signature(browser, client_for, reviewer, draft, unit):
    sign(client_for(reviewer), draft)
    with unit():
        mine = queries.get_draft(draft.id)
        text = current_storage().get(queries.files_of(draft.id)[LESSON]).replace(b"Habla de", b"Trata de")
        service.write_files(mine, {LESSON: text}, actor=SYSTEM, now=now())
    assert "cambió desde que la firmó" in browser.get(f"/authoring/{draft.id}/files/{LESSON}").text
    assert "Cambió después de la firma" in browser.get(f"/authoring/{draft.id}/signatures").text
    sign(client_for(reviewer), draft)
    assert browser.get(f"/authoring/{draft.id}/signatures").text.count("Firmado") == 1


def test_a_text_that_changed_while_it_was_read_is_not_signed(client_for, reviewer, draft):
    data = {"fingerprint": "0" * 16, "post": "Dirección jurídica"}
    client_for(reviewer).post(f"/authoring/{draft.id}/{PAGE_URL}", data, status=409)


def test_a_signature_given_while_another_waits_for_the_draft_is_kept(author, draft, reviewer, unit):
    other = b'- pregunta: "senales-dos"\n  huella: "0123"\n  por: "Otra, Fiscal"\n  dia: 2026-11-20\n'

    def commits_first(held, *_rest):
        values = {
            "id": new_id(), "draft_id": held.id, "path": "firmas.yaml", "size": len(other), "saved_at": now(),
            "sha256": current_storage().put(other),
        }  # fmt: skip
        db.session.connection().execute(insert(DraftFile.__table__).values(values))

    with unit():
        mine = queries.get_draft(draft.id)
        item = signing.access_item(mine, "page", LESSON)
        said = signing.Signing(fingerprint=item.mark.fingerprint, post="Dirección jurídica")
        actor = Actor(person_id=reviewer.id, name=reviewer.name)
        event.listen(Draft, "refresh", commits_first, once=True)
        signing.sign(mine, item, said, day=now().date(), actor=actor, now=now())
        kept = current_storage().get(queries.files_of(draft.id)["firmas.yaml"])
    assert kept.startswith(other)
    assert reviewer.name.encode() in kept


def test_who_writes_neither_signs_nor_writes_signatures(browser, client_for, reviewer, draft, unit):
    browser.get(f"/authoring/{draft.id}/{PAGE_URL}", status=403)
    sign(client_for(reviewer), draft)
    url = f"/authoring/{draft.id}/files/firmas.yaml"
    page = browser.get(url)
    assert page.select("textarea[name=text]") == []
    with unit():
        base = queries.files_of(draft.id)["firmas.yaml"]
    browser.post(url, {"base": base, "text": "- pagina: x"}, status=422)
    browser.post(f"/authoring/{draft.id}/delete/firmas.yaml", status=422)


def test_a_forged_signature_does_not_come_in_with_a_folder(author, draft, unit):
    forged = {
        **course_files(),
        "firmas.yaml": b'- pagina: x\n  huella: "0"\n  por: nadie\n  dia: 2026-01-01\n',
    }
    with unit():
        mine = queries.get_draft(draft.id)
        actor = Actor(person_id=author.id, name=author.name)
        service.replace_files(mine, forged, actor=actor, now=now(), note="")
        assert "firmas.yaml" not in queries.files_of(draft.id)


def test_a_translation_waits_by_itself_and_is_signed_by_name(
    browser, client_for, author, reviewer, administrator, unit
):
    path = f"idiomas/en/{LESSON}"
    body = course_files()[LESSON].decode().split("---\n", 2)[2]
    text = f"---\ntitulo: Signs\nverificar: el término, con la fiscalía\n---\n{body}"
    with unit():
        draft = make_draft(author, files={**course_files(), path: text.encode()})
    page = browser.get(f"/authoring/{draft.id}/signatures")
    assert "Variante o traducción" in page.text
    assert (
        "se lee el original hasta que alguien firme"
        in browser.get(f"/authoring/{draft.id}/files/{path}").text
    )
    first = release(unit, browser, client_for, reviewer, administrator, draft)
    assert translations_of(unit, first) == []
    sign(client_for(reviewer), draft, f"signatures/page/{path}")
    second = release(unit, browser, client_for, reviewer, administrator, draft)
    assert translations_of(unit, second) == ["en"]
    with unit():
        kept = current_storage().get(queries.files_of(draft.id)["firmas.yaml"]).decode()
    assert f'pagina: "{path}"' in kept
    assert reviewer.name in kept


def test_a_step_of_a_route_is_read_with_its_basis_and_signed(browser, client_for, author, reviewer, unit):
    route = (
        "titulo: Ruta\nlugar: mx\nvigente-desde: 2026-01-01\nverificador: Enlace\npasos:\n  - id: aviso\n"
        "    titulo: Avisar\n    responsable: La fiscalía\n    plazo: En 24 horas\n    si-no-es-seguro: Espere.\n"
        "    verificar: si\n"
    )
    with unit():
        draft = make_draft(author, files={**course_files(), "rutas/estado.yaml": route.encode()})
    assert "Paso de una ruta" in browser.get(f"/authoring/{draft.id}/signatures").text
    assert (
        "El paso «estado/aviso» sale sin sus datos"
        in browser.get(f"/authoring/{draft.id}/files/rutas/estado.yaml").text
    )
    client, url = client_for(reviewer), "signatures/step/estado/aviso"
    page = client.get(f"/authoring/{draft.id}/{url}")
    assert "plazo: En 24 horas" in page.select("pre")[0].get_text()
    sign(client, draft, url)
    assert "Firmado" in browser.get(f"/authoring/{draft.id}/signatures").text
    with unit():
        kept = current_storage().get(queries.files_of(draft.id)["firmas.yaml"]).decode()
    assert 'ruta: "estado/aviso"' in kept
