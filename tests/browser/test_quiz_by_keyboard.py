"""A quiz with every kind of question for who has no mouse, and for who hears it; every page is judged by axe."""

import re

import pytest
from playwright.sync_api import expect

from lms.assessments.attempts import queries, service
from lms.assessments.attempts.models import Attempt
from lms.core.clock import now
from lms.core.db import db
from lms.testing.factories.accounts import make_person
from lms.testing.factories.assessments import make_attempt, quizzes_of
from lms.testing.factories.courses import make_release
from lms.testing.factories.files import PDF
from lms.testing.factories.learning import make_cohort, make_enrolment

QUIZ = """\
---
tipo: cuestionario
titulo: De todo un poco
minutos: 9
intentos: 2
---

::: pregunta {id=una}
¿Qué se hace primero?

( ) Interrogar.
    > Pone en riesgo.
(x) Escuchar.
    > Abre el espacio.
( ) Denunciar.
    > Se pregunta antes.
:::

::: pregunta {id=varias}
¿Qué protege a la persona?

[x] Hablar a solas.
    > Sí.
[ ] Grabar la conversación.
    > No.
[x] Preguntarle qué desea.
    > Sí.
:::

::: pregunta {id=verdad}
La canalización termina al dar un teléfono.

( ) Verdadero
    > Falta confirmar.
(x) Falso
    > Así es.
:::

::: pregunta {id=corta tipo=corta}
¿Cómo se llama el paso final?

(x) Canalización
    > Así se llama.
:::

::: pregunta {id=numero tipo=numero unidades="horas, h; días = 24"}
¿En cuánto tiempo se confirma?

(x) 72
    > Tres días.
:::

::: pregunta {id=parejas tipo=parejas}
¿Qué elemento es cada uno?

- Engañar => Medio
- Trasladar => Acto
- => Fin
:::

::: pregunta {id=orden tipo=orden}
¿En qué orden se hace?

1. Escuchar
2. Preguntar
3. Acompañar
:::

::: pregunta {id=huecos tipo=huecos}
Complete la frase.

Captar es un {{(x) acto | medio}} y la explotación es el {{fin}}.
:::

::: pregunta {id=ensayo tipo=ensayo}
¿A quién llamará primero?

Rúbrica:

| Criterio | 0 | 1 |
| --- | --- | --- |
| A quién llama | No lo dice. | Nombra el área. |
:::

::: pregunta {id=escala tipo=escala}
¿Qué tan de acuerdo está con cada frase?

Escala: Nada / Algo / Mucho / (No aplica)

- El curso sirve en mi trabajo.
- Los casos se parecen a lo que veo.
:::

::: pregunta {id=archivo tipo=archivo formatos="pdf"}
Entregue el mapa de su ruta.
:::
"""
KEPT = {
    "una": ["b"],
    "varias": ["a", "c"],
    "verdad": ["b"],
    "corta": ["canalización"],
    "numero": ["3 días"],
    "parejas": ["1:c", "2:a"],
    "orden": ["a:3", "b:1", "c:2"],
    "huecos": ["1:a", "2:fin"],
    "ensayo": ["Al área de trabajo social."],
    "escala": ["1:c", "2:d"],
}
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return 'nothing';
    const name = at.outerHTML.slice(0, 120);
    const rings = [at, at.closest('.option, label')].filter(Boolean).map(each => getComputedStyle(each));
    const isDrawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!rings.some(isDrawn)) return `no ring: ${name}`;
    const box = at.getBoundingClientRect();
    const x = Math.max(box.left, 0) + Math.min(box.width, innerWidth) / 2, y = box.top + Math.min(box.height, 24) / 2;
    const over = document.elementFromPoint(x, y);
    const isSeen = over && (at.contains(over) || over.contains(at) || at.closest('label')?.contains(over));
    return isSeen ? '' : `covered: ${name} by ${over?.outerHTML.slice(0, 80)}`;
}"""
"""Answers what is wrong with where the focus is: nowhere, without a ring, or under something."""


class Keys:
    """Somebody with a keyboard and no mouse, who always sees where they are."""

    def __init__(self, page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, target, most: int = 40) -> None:
        """Press the tabulator until the focus is there; every stop on the way must be seen."""
        for _press in range(most):
            self.press("Tab")
            self.see()
            if target.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not reach {target}")

    def see(self) -> None:
        fault = self.page.evaluate(FOCUS)
        assert not fault, fault

    def go_on(self, text: str) -> None:
        """Reach a button and press it with Enter."""
        self.tab_to(self.page.get_by_role("button", name=text).first)
        with self.page.expect_navigation():
            self.press("Enter")


@pytest.fixture
def taking(unit, client_for, visit):
    """A phone at the first question of an attempt, and its keys."""
    with unit():
        person = make_person()
        release = make_release(files={"02-ruta/comprobacion.md": QUIZ})
        enrolment = make_enrolment(person=person, cohort=make_cohort(release=release))
        attempt = make_attempt(enrolment, quizzes_of(enrolment)[-1])
    visitor = visit()
    cookie = client_for(person).raw.get_cookie("ruta").value
    visitor.page.context.add_cookies([{"name": "ruta", "value": cookie, "url": visitor.url}])
    visitor.attempt = attempt
    visitor.keys = Keys(visitor.page)
    visitor.open(f"/assessments/attempts/{attempt.id}/questions/1", "una")
    return visitor


def control(page, key: str, at: int = 0):
    """Return a control of the question by its kind of element."""
    return page.locator("form.question").locator(key).nth(at)


def answer_una(page, keys) -> None:
    keys.tab_to(control(page, "[type=radio]"))
    keys.press("Space", "ArrowDown")


def answer_varias(page, keys) -> None:
    keys.tab_to(control(page, "[type=checkbox]"))
    keys.press("Space")
    keys.tab_to(control(page, "[type=checkbox]", 2))
    keys.press("Space")


def answer_verdad(page, keys) -> None:
    keys.tab_to(control(page, "[type=radio]"))
    keys.press("ArrowDown")


def answer_corta(page, keys) -> None:
    keys.tab_to(page.get_by_label("Su respuesta"))
    keys.write("canalización")


def answer_numero(page, keys) -> None:
    keys.tab_to(page.get_by_label("Su respuesta"))
    keys.write("3 días")


def answer_parejas(page, keys) -> None:
    for name, wanted in (("Engañar", "Medio"), ("Trasladar", "Acto")):
        keys.tab_to(page.get_by_label(name))
        keys.write(wanted[0])
        expect(page.get_by_label(name).locator("option:checked")).to_have_text(wanted)


def answer_orden(page, keys) -> None:
    """Take the last step to its place with the buttons; the focus follows it."""
    down = page.get_by_role("button", name="Bajar Acompañar")
    keys.tab_to(down)
    for place in (2, 3):
        keys.press("Enter")
        expect(page.locator("[data-ordering-said]")).to_have_text(f"Acompañar: lugar {place} de 3")
        keys.see()
    expect(page.get_by_role("button", name="Subir Acompañar")).to_be_focused()


def answer_huecos(page, keys) -> None:
    keys.tab_to(page.get_by_label("Hueco 1"))
    keys.write("a")
    keys.tab_to(page.get_by_label("Hueco 2"))
    keys.write("fin")


def answer_ensayo(page, keys) -> None:
    keys.tab_to(page.get_by_label("Su respuesta"))
    keys.write("Al área de trabajo social.")


def handed_over(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def answer_archivo(page, keys) -> None:
    """Choose a file that is refused, hear why at its control, and choose another there.

    The window in which one chooses is the browser's own, so the files are given to the control.
    """
    chooser = page.locator("form.question [type=file]")
    keys.tab_to(chooser)
    chooser.set_input_files(handed_over("mapa.txt", b"No es un documento."))
    expect(chooser).to_have_attribute("aria-invalid", "true")
    expect(chooser).to_have_accessible_description(
        re.compile("PDF, hasta 10 MB.*No entregue casos reales.*recib")
    )
    expect(chooser).to_be_focused()
    chooser.set_input_files(handed_over("mapa.pdf", PDF))
    expect(page.get_by_role("link", name="mapa.pdf")).to_be_visible()
    expect(chooser).to_have_accessible_name("Cambiar por otro archivo")
    expect(chooser).to_be_focused()


def answer_escala(page, keys) -> None:
    keys.tab_to(control(page, "fieldset fieldset [type=radio]"))
    keys.press("Space", "ArrowRight", "ArrowRight")
    keys.tab_to(control(page, "fieldset fieldset [type=radio]", 4))
    keys.press("Space", "ArrowRight", "ArrowRight", "ArrowRight")


ANSWER = {
    "una": answer_una,
    "varias": answer_varias,
    "verdad": answer_verdad,
    "corta": answer_corta,
    "numero": answer_numero,
    "parejas": answer_parejas,
    "orden": answer_orden,
    "huecos": answer_huecos,
    "ensayo": answer_ensayo,
    "escala": answer_escala,
    "archivo": answer_archivo,
}


def test_every_kind_is_answered_and_handed_in_with_the_keyboard_alone(taking, unit):
    page, keys = taking.page, taking.keys
    for number, (kind, answer) in enumerate(ANSWER.items(), start=1):
        expect(page).to_have_url(re.compile(f"/questions/{number}$"))
        taking.review(kind)
        answer(page, keys)
        expect(page.locator("#saved")).to_have_text(re.compile("Guardado"))
        keys.go_on("Guardar y")
    taking.review("review")
    keys.go_on("Enviar")
    taking.review("result")
    assert "en revisión" in taking.title.lower()
    taking.faults = [fault for fault in taking.faults if "422" not in fault]
    taking.check()
    with unit():
        answers = queries.answers_of(taking.attempt.id)
        assert {key: answer.chosen for key, answer in answers.items() if key != "archivo"} == KEPT
        assert len(answers["archivo"].chosen) == 1


def test_the_focus_goes_along_when_the_page_goes_on_without_a_line(taking, unit):
    page, keys = taking.page, taking.keys

    def is_own_sheet(request):
        """Say whether the other questions came to this page; the one before may still be fetching its own."""
        return request.url.endswith("/sheet") and page.url.endswith("/questions/6")

    with page.expect_event("requestfinished", is_own_sheet):
        page.goto(page.url.replace("/questions/1", "/questions/6"))
    page.context.set_offline(True)
    answer_parejas(page, keys)
    keys.tab_to(page.get_by_role("button", name="Guardar y seguir"))
    for kind, legend in (("orden", "¿En qué orden se hace?"), ("huecos", "Complete la frase.")):
        keys.press("Enter")
        expect(page.locator("form.question legend")).to_have_text(legend)
        expect(page.locator("form.question legend")).to_be_focused()
        ANSWER[kind](page, keys)
        keys.tab_to(page.get_by_role("button", name="Guardar y seguir"))
    expect(page.locator("#saved")).to_have_text("Sin conexión: 3 respuestas por enviar.")
    page.context.set_offline(False)
    keys.press("Enter")
    page.wait_for_url(re.compile("/questions/9$"))
    taking.faults = [fault for fault in taking.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    taking.check()
    with unit():
        answers = queries.answers_of(taking.attempt.id)
        assert {key: answers[key].chosen for key in ("parejas", "orden", "huecos")} == {
            key: KEPT[key] for key in ("parejas", "orden", "huecos")
        }


HEARD = {
    "una": """
- group "¿Qué se hace primero?":
  - radio "Interrogar."
  - radio "Escuchar." [checked]
  - radio "Denunciar."
""",
    "varias": """
- group "¿Qué protege a la persona?":
  - paragraph: Puede haber más de una respuesta correcta.
  - checkbox "Hablar a solas." [checked]
  - checkbox "Grabar la conversación."
  - checkbox "Preguntarle qué desea." [checked]
""",
    "verdad": """
- group "La canalización termina al dar un teléfono.":
  - radio "Verdadero"
  - radio "Falso" [checked]
""",
    "corta": """
- group "¿Cómo se llama el paso final?":
  - textbox "Su respuesta": canalización
""",
    "numero": """
- group "¿En cuánto tiempo se confirma?":
  - textbox "Su respuesta": 3 días
  - paragraph: "Escriba el número y su unidad: horas, días."
""",
    "parejas": """
- group "¿Qué elemento es cada uno?":
  - list:
    - listitem:
      - combobox "Engañar":
        - option "Elija"
        - option "Acto"
        - option "Fin"
        - option "Medio" [selected]
    - listitem:
      - combobox "Trasladar":
        - option "Elija"
        - option "Acto" [selected]
        - option "Fin"
        - option "Medio"
""",
    "orden": """
- group "¿En qué orden se hace?":
  - paragraph: Dé a cada paso su número de orden.
  - list:
    - listitem:
      - combobox "Escuchar":
        - option "–"
        - option "1 de 3" [selected]
        - option "2 de 3"
        - option "3 de 3"
      - button "Subir Escuchar" [disabled]: Subir
      - button "Bajar Escuchar": Bajar
    - listitem:
      - combobox "Preguntar":
        - option "–"
        - option "1 de 3"
        - option "2 de 3" [selected]
        - option "3 de 3"
      - button "Subir Preguntar": Subir
      - button "Bajar Preguntar": Bajar
    - listitem:
      - combobox "Acompañar":
        - option "–"
        - option "1 de 3"
        - option "2 de 3"
        - option "3 de 3" [selected]
      - button "Subir Acompañar": Subir
      - button "Bajar Acompañar" [disabled]: Bajar
  - status
""",
    "huecos": """
- group "Complete la frase.":
  - paragraph:
    - combobox "Hueco 1":
      - option "…"
      - option "acto" [selected]
      - option "medio"
    - textbox "Hueco 2": fin
""",
    "ensayo": """
- group "¿A quién llamará primero?":
  - textbox "Su respuesta": Al área de trabajo social.
  - group: Cómo se califica
""",
    "escala": """
- group "¿Qué tan de acuerdo está con cada frase?":
  - group "El curso sirve en mi trabajo.":
    - radio "Nada"
    - radio "Algo"
    - radio "Mucho" [checked]
    - radio "No aplica"
  - group "Los casos se parecen a lo que veo.":
    - radio "Nada"
    - radio "Algo"
    - radio "Mucho"
    - radio "No aplica" [checked]
""",
    "archivo": """
- group "Entregue el mapa de su ruta.":
  - paragraph: PDF, hasta 10 MB. No entregue casos reales ni datos personales de víctimas, tampoco en fotos.
  - button "Su archivo"
  - paragraph:
    - button "Guardar archivo"
""",
}
"""What a screen reader finds of each answered question, without the loose text that says it again."""


def heard(page) -> str:
    lines = page.locator("form.question fieldset").first.aria_snapshot().splitlines()
    return "\n".join(["", *(line for line in lines if not line.lstrip().startswith("- text:")), ""])


def test_a_screen_reader_finds_the_names_and_the_state_of_every_kind(taking, unit):
    page = taking.page
    with unit():
        attempt = db.session.get_one(Attempt, taking.attempt.id)
        for key, chosen in KEPT.items():
            service.save_answer(attempt, key, chosen, now=now())
    for number, (kind, names) in enumerate(HEARD.items(), start=1):
        page.goto(f"{taking.url}/assessments/attempts/{taking.attempt.id}/questions/{number}")
        assert heard(page) == names, kind
        expect(page.get_by_role("form")).to_have_accessible_name(f"Pregunta {number}")
        if kind in KEPT:
            expect(page.get_by_role("status").filter(has_text="Guardado 10:00.")).to_be_attached()
        expect(page.locator("[aria-current=step]")).to_have_text(f"Pregunta {number}, actual")
    for kind, role, said in (
        ("varias", "group", "Puede haber más de una respuesta correcta."),
        ("numero", "textbox", "Escriba el número y su unidad: horas, días."),
        ("orden", "group", "Dé a cada paso su número de orden."),
    ):
        number = list(HEARD).index(kind) + 1
        page.goto(f"{taking.url}/assessments/attempts/{taking.attempt.id}/questions/{number}")
        described = page.locator("form.question").get_by_role(role).first
        expect(described).to_have_accessible_description(said)
