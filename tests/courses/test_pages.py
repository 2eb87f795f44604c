"""What people see of courses: the catalogue, a course, and the pages of those who teach."""

import pytest
from sqlalchemy import select

from lms.core.actors import Role
from lms.core.db import db
from lms.courses import queries
from lms.courses.models import ReleaseAsset, Unit, UnitKind
from lms.testing.factories.accounts import give_role, make_administrator, make_person
from lms.testing.factories.courses import make_release, release_flagship


@pytest.fixture
def release_id(unit):
    with unit():
        return make_release().id


@pytest.fixture
def trainee(unit, client_for):
    with unit():
        person = make_person()
    return client_for(person)


@pytest.fixture
def trainer(unit, client_for):
    with unit():
        person = make_person()
        give_role(person, Role.TRAINER)
    return client_for(person)


@pytest.fixture
def administrator(unit, client_for):
    with unit():
        person = make_administrator()
    return client_for(person)


def preview(release_id, module="senales", unit="leccion", query=""):
    return f"/courses/releases/{release_id}/preview/{module}/{unit}{query}"


def check_path(unit, release_id, slug="leccion", question="senales-repaso"):
    with unit():
        unit_id = queries.find_unit(release_id, "senales", slug).id
    return f"/courses/units/{unit_id}/checks/{question}"


def test_the_landing_page_without_courses_says_what_will_come(client):
    page = client.get("/")
    assert "Detectar a tiempo" in page.title
    assert "Aún no hay cursos publicados" in page.text


def test_the_landing_page_offers_courses(client, release_id):
    page = client.get("/")
    assert [link["href"] for link in page.select(".course h3 a")] == ["/courses/curso-de-prueba"]
    assert "4 horas · 2 módulos" in page.text


def test_courses_are_filtered_by_sector(client, unit):
    with unit():
        make_release(slug="de-salud", title="De salud", sector="salud")
        make_release(slug="de-turismo", title="De turismo", sector="turismo")
    assert [tag.text for tag in client.get("/?sector=health").select(".course h3")] == ["De salud"]
    assert [tag.text for tag in client.get("/courses/?sector=tourism").select(".course h3")] == ["De turismo"]
    assert "Ningún curso para este sector" in client.get("/?sector=labour").text
    assert len(client.get("/?sector=nada").select(".course h3")) == 2


def test_who_is_signed_in_is_led_to_their_start(trainee):
    assert trainee.get("/", status=303).location != "/"


def test_the_catalogue_costs_little(client, release_id, count_queries):
    with count_queries() as statements:
        client.get("/")
    assert len(statements) == 1


def test_a_course_shows_its_route_and_no_lesson(client, release_id):
    page = client.get("/courses/curso-de-prueba")
    assert page.title == "Curso de prueba"
    assert "Lección de Señales" in page.text
    assert "Habla de violencia sin relatos crudos" in page.text
    assert "80 % de aciertos" in page.text.replace("\xa0", " ")
    assert "Lo común" not in page.text
    assert not page.select("a[href*=preview]")


def test_a_course_that_nobody_offers_is_not_found(client):
    client.get("/courses/no-existe", status=404)


def test_pictures_are_kept_for_a_year_and_run_nothing(client, unit):
    with unit():
        release_flagship()
        asset = db.session.scalar(select(ReleaseAsset).where(ReleaseAsset.media_type == "image/svg+xml"))
        path = f"/courses/assets/{asset.sha256}/{asset.name}"
    response = client.get(path).response
    assert response.mimetype == "image/svg+xml"
    assert "immutable" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.get(path, status=304, headers={"If-None-Match": response.headers["ETag"]})
    client.get(path + "x", status=404)
    client.get("/courses/assets/" + "0" * 64 + "/nada.svg", status=404)


@pytest.mark.parametrize("path", ["/courses/releases/", "/courses/releases/{id}", "{preview}"])
def test_releases_are_for_those_who_teach(client, trainee, trainer, release_id, path):
    path = path.format(id=release_id, preview=preview(release_id))
    assert "sign-in" in client.get(path, status=303).location
    trainee.get(path, status=403)
    trainer.get(path)


def test_the_list_of_courses_keeps_its_budget(trainer, unit, count_queries):
    with unit():
        for number in range(4):
            make_release(slug=f"curso-{number}", title=f"Curso {number}")
    trainer.get("/courses/releases/")
    with count_queries() as statements:
        page = trainer.get("/courses/releases/")
    assert len(page.select("tbody tr")) == 4
    assert len(statements) <= 5


def test_a_release_leads_to_each_unit(trainer, release_id):
    page = trainer.get(f"/courses/releases/{release_id}")
    links = [link["href"] for link in page.select("a[href*=preview]")]
    assert len(links) == 4
    for link in links:
        trainer.get(link)


def test_a_preview_reads_as_a_sector_does(trainer, release_id):
    page = trainer.get(preview(release_id, query="?sector=health"))
    branch = page.select(".sector-block")
    assert len(branch) == 1
    assert "El texto de salud" in branch[0].select_one(".sector-block__body").text
    assert "El texto de educación" in branch[0].select_one("details").text
    assert len(trainer.get(preview(release_id)).select(".sector-block")) == 2


def test_a_lesson_shows_its_words_and_its_sources(trainer, release_id):
    page = trainer.get(preview(release_id))
    assert page.select("dl.glossary #g-canalizar")
    sources = page.select("p.sources")[0].text
    assert "Protocolo de Palermo" in sources
    assert "1 de noviembre de 2026" in sources


def test_the_key_of_a_quiz_is_shown_on_request_only(trainer, release_id):
    path = preview(release_id, unit="comprobacion")
    hidden = trainer.get(path)
    assert "Así empieza la ruta" not in hidden.response.text
    assert not hidden.select("[data-r], [checked]")
    shown = trainer.get(f"{path}?answers=1")
    assert "Así empieza la ruta" in shown.text
    assert len(shown.select("[data-r=right]")) == 4


def test_a_unit_that_is_not_there_is_not_found(trainer, release_id):
    trainer.get(preview(release_id, unit="otra"), status=404)


def test_only_an_administrator_withdraws_and_offers_again(trainer, administrator, client, release_id):
    base = f"/courses/releases/{release_id}"
    assert not trainer.get(base).select("a[href$=withdraw]")
    trainer.get(f"{base}/withdraw", status=403)
    trainer.post(f"{base}/withdraw", status=403)
    assert "¿Retirar la versión 1" in administrator.get(f"{base}/withdraw").title
    page = administrator.follow(administrator.post(f"{base}/withdraw"))
    assert "ya no se ofrece" in page.text
    client.get("/courses/curso-de-prueba", status=404)
    administrator.follow(administrator.post(f"{base}/reinstate"))
    client.get("/courses/curso-de-prueba")


def test_a_lesson_gives_no_key_away(trainer, release_id):
    text = trainer.get(preview(release_id)).response.text
    assert "Escuchar abre el espacio" not in text
    assert "Interrogar pone en riesgo" not in text
    assert "primero se escucha" not in text


def test_a_self_check_without_javascript_comes_back_to_the_lesson(trainer, unit, release_id):
    lesson = preview(release_id, query="?sector=health")
    path = check_path(unit, release_id)
    sent = trainer.post(path, {"next": lesson, "answer": "a"})
    assert sent.location == lesson + "&check=senales-repaso&answer=a#question-senales-repaso"
    page = trainer.follow(sent)
    assert "Todavía no" in page.text
    assert "Interrogar pone en riesgo" in page.text
    assert "Escuchar abre el espacio" not in page.response.text
    assert page.select("form.question input[name=next]")[0]["value"] == lesson
    again = trainer.post(path, {"next": lesson, "again": "1"})
    assert again.location == lesson + "#question-senales-repaso"


def test_a_right_answer_brings_the_explanation(trainer, unit, release_id):
    page = trainer.follow(
        trainer.post(check_path(unit, release_id), {"next": preview(release_id), "answer": "b"})
    )
    assert "Correcto" in page.text
    assert "primero se escucha" in page.text


def test_no_answer_asks_for_one(trainer, unit, release_id):
    page = trainer.follow(trainer.post(check_path(unit, release_id), {"next": preview(release_id)}))
    assert "Elija una respuesta" in page.text


def test_a_self_check_with_htmx_swaps_the_question(trainee, unit, release_id):
    page = trainee.post(
        check_path(unit, release_id), {"answer": "a"}, status=200, headers={"HX-Request": "true"}
    )
    assert [form["id"] for form in page.select("form")] == ["question-senales-repaso"]
    assert "Todavía no" in page.text
    assert "Escuchar abre el espacio" not in page.response.text


def test_a_self_check_never_leaves_the_site(trainee, unit, release_id):
    sent = trainee.post(check_path(unit, release_id), {"answer": "a", "next": "//evil.example/"})
    assert "evil" not in sent.location


def test_a_scored_question_is_never_a_self_check(trainee, unit, release_id):
    trainee.post(
        check_path(unit, release_id, slug="comprobacion", question="senales-uno"), {"answer": "a"}, status=404
    )
    trainee.post(check_path(unit, release_id, question="otra"), {"answer": "a"}, status=404)


def test_every_unit_of_the_flagship_is_shown(trainer, unit):
    with unit():
        release = release_flagship()
        places = [
            (module.slug, each.slug) for module in queries.list_outline(release.id) for each in module.units
        ]
        quizzes = db.session.scalars(select(Unit.id).where(Unit.kind == UnitKind.QUIZ)).all()
    assert quizzes
    for module, slug in places:
        trainer.get(preview(release.id, module, slug, "?sector=security"))
