"""The commission of story S2 on its own pages: members, seats, focal points, and the session that keeps the table."""

from tests.browser.commission_pages import DESK, fill, path_of, printed, take_away, upload

TOURISM, DIF = "Secretaría de Turismo", "Sistema DIF"
LABOUR, WOMEN = "Secretaría del Trabajo y Previsión Social", "Instituto Quintanarroense de la Mujer"
BODIES = {
    "Secretaría de Gobierno": "", "Secretaría de Seguridad Ciudadana": "seguridad", "Secretaría de Salud": "salud",
    "Secretaría de Desarrollo Social": "", "Secretaría de Educación": "educacion",
    "Secretaría de Desarrollo Económico": "", TOURISM: "turismo", DIF: "trabajo-social", LABOUR: "trabajo",
    "Fiscalía General del Estado": "justicia", WOMEN: "",
    "Procuraduría para la Protección de Niñas, Niños y Adolescentes": "trabajo-social",
    "Comisión de los Derechos Humanos del Estado": "",
}  # fmt: skip
GROUP, TOWNS = "Ayuntamientos", ("Benito Juárez", "Othón P. Blanco")
GUEST = "Organización Internacional para las Migraciones"
GAPS = {LABOUR, WOMEN}
PROGRAMME = {
    "name": "Comisión contra la trata", "code": "QROO", "issuer_name": "Secretaría de Gobierno", "issuer_unit": "",
    "country": "MX", "territory": "Quintana Roo", "timezone": "America/Cancun", "pass_mark": "80",
    "attendance_share": "80", "target_share": "80", "starts_on": "2026-01-01",
}  # fmt: skip
SIGNATURES = {
    "name_1": "Firma Primera", "post_1": "Secretaría de Gobierno",
    "name_2": "Firma Segunda", "post_2": "Jefatura de misión, OIM",
}  # fmt: skip
SITTING = {"number": "1", "day": "2026-12-17", "hour": "12:00", "place": "Sala de juntas, Chetumal"}


def table(*rows):
    """Return rows as a file."""
    return "\n".join(";".join(row) for row in rows).encode()


def register_members(desk):
    """Bring every institution from a file: thirteen, a group with its towns, and the guest."""
    desk.open("/institutions/import", DESK)
    rows = [(name, sector, "", "") for name, sector in BODIES.items()]
    towns = [(town, "", GROUP, "") for town in TOWNS]
    header = ("Nombre", "Sector", "Depende de", "Grupo")
    upload(
        desk, "file", table(header, *rows, (GROUP, "", "", "Sí"), *towns, (GUEST, "", "", "")), "comision.csv"
    )
    desk.press("Subir y revisar", DESK)
    desk.press("Guardar 17 filas", DESK)


def open_programme(desk):
    """Write the programme, who issues and signs, and that it gives constancias alone; return its address."""
    desk.open("/programmes/new", DESK)
    fill(desk, PROGRAMME, scale="De 0 a 10")
    desk.press("Guardar", "programme")
    programme = path_of(desk)
    for name, text in SIGNATURES.items():
        desk.page.fill(f"main [name=signatories-{name}]", text)
    press_in(desk, "/signatories", "Guardar")
    desk.press("Cambiar autoridades y logotipos", DESK)
    desk.fill(name_2=GUEST)
    desk.press("Guardar", "programme")
    for kind, is_issued in (("certificado", False), ("constancia", True)):
        desk.open(f"{programme.replace('/programmes/', '/certificates/programmes/')}/rule?kind={kind}", DESK)
        desk.page.set_checked("main [name=is_issued]", is_issued)
        desk.press("Guardar", DESK)
    return programme


def press_in(desk, action, text):
    """Press a button of one of the forms of a page."""
    with desk.page.expect_navigation():
        desk.page.locator(f"main form[action$='{action}']").get_by_role("button", name=text).click()


def seat_members(desk, programme):
    """Give the seats: thirteen from a file, the group from the last day on, and the guest, who has none."""
    desk.open(f"{programme}/commission/upload", DESK)
    header = ("Institución", "Participa como", "Desde", "Norma del asiento", "Titular", "Cargo del titular")
    rows = [
        (name, "Integrante", "2026-01-01", "Decreto 1", "Titular de la institución", "Dirección")
        for name in BODIES
    ]
    upload(desk, "file", table(header, *rows), "asientos.csv")
    desk.press("Subir", "seats")
    for name, kind, day in (
        (GROUP, "Integrante", "2026-12-18"),
        (GUEST, "Invitada permanente", "2026-01-01"),
    ):
        desk.open(programme, "programme")
        fill(desk, {"member-starts_on": day}, **{"member-institution": name, "member-kind": kind})
        press_in(desk, "/members", "Agregar")
    desk.open(f"{programme}/commission", "commission")
    assert desk.says("14 asientos")
    assert desk.says("Invitada permanente")


def name_focal_points(desk):
    """Bring one person of each member, invite them, and make them its focal point; return their addresses."""
    rows = [
        ("Enlace", name, f"enlace-{number:02}@example.org", name) for number, name in enumerate(BODIES, 1)
    ]
    desk.open("/people/import", DESK)
    upload(desk, "file", table(("Nombres", "Primer apellido", "Correo", "Institución"), *rows), "enlaces.csv")
    desk.press("Subir y revisar", DESK)
    desk.press("Guardar 13 filas", DESK)
    desk.open("/people/", "people")
    links = {name: desk.page.get_by_role("link", name=f"Enlace {name}", exact=True) for name in BODIES}
    for name, page in {name: link.get_attribute("href") for name, link in links.items()}.items():
        desk.open(f"{page}/roles/new/focal-point", DESK)
        fill(desk, {}, place=name)
        desk.press("Dar el papel", "focal point")
        assert desk.says(f"Enlace {name}")
        assert desk.says("Enlace institucional")
    return {name: row[2] for name, row in zip(BODIES, rows, strict=True)}


def see_own_people_only(enlace, desk):
    """Look at the people that a focal point sees: their own institution's, and not another's page."""
    enlace.open("/people/", "own people")
    assert enlace.says(f"Enlace {TOURISM}")
    assert not enlace.says(f"Enlace {DIF}")
    desk.open("/people/", DESK)
    other = desk.page.get_by_role("link", name=f"Enlace {DIF}").first.get_attribute("href")
    answered = enlace.page.goto(f"{enlace.url}{other}")
    assert answered.status == 404
    enlace.faults = [each for each in enlace.faults if "404" not in each]


def see_coverage(desk, nominees):
    """Read the report of the commission: how many members have enough people, by names of members alone."""
    desk.open("/reports/", "report")
    assert desk.says("Cobertura: 11 de 13 instituciones")
    assert all(desk.says(name) for name in BODIES)
    assert not any(desk.says(name) for name in nominees)


def convene(desk):
    """Plan the session, its agenda, and send the convocation."""
    desk.open("/commission-sessions/", DESK)
    desk.press("Convocar una sesión", DESK)
    desk.fill(**SITTING)
    desk.press("Guardar", "session")
    assert desk.title == "Primera Sesión Ordinaria 2026"
    for title in ("Cobertura de la capacitación", "Lista de asistencia"):
        desk.press("Agregar un punto", DESK)
        desk.fill(title=title)
        desk.press("Guardar", DESK)
    desk.press("Subir: Lista de asistencia", DESK)
    content = desk.page.locator("#agenda").inner_text()
    assert content.index("1. Lista de asistencia") < content.index("2. Cobertura")
    desk.press("Enviar a titulares y alternos", "session convened")


def hold(desk):
    """Note who came, open the session with its quorum, and vote."""
    desk.press("Registrar asistencia", "attendance")
    for line in desk.page.locator(".roll > li").all():
        line.get_by_text("Titular", exact=True).last.click()
    desk.press("Guardar la asistencia", DESK)
    assert desk.says("Presentes: 13 de 13 asientos; se necesitan 7.")
    desk.press("Abrir la sesión", "session open")
    desk.press("Agregar una propuesta", DESK)
    desk.fill(text="Cerrar las brechas de cobertura")
    desk.press("Guardar", DESK)
    desk.press("Agregar una tarea", DESK)
    fill(desk, {"text": "Capacitar a cinco personas de Trabajo", "due_on": "2027-01-29"}, institution=LABOUR)
    desk.press("Guardar", DESK)
    desk.press("Registrar la votación", DESK)
    fill(desk, {"in_favour": "12", "abstained": "1"}, state="Aprobada")
    desk.press("Guardar", "session voted")
    assert desk.says("A favor: 12 · En contra: 0 · Abstenciones: 1")


def attach_and_approve(desk):
    """Attach the table of coverage to what was agreed and approve the minutes."""
    desk.press("Adjuntar", DESK)
    fill(desk, {}, paper="Cuadro de cobertura: 2026")
    desk.press("Guardar", "session with its table")
    desk.press("Aprobar el acta", DESK)
    desk.press("Aprobar el acta", "minutes")
    assert desk.says("11 de 13 integrantes")
    assert desk.says(f"Con brecha: {WOMEN}; {LABOUR}.")


def read_minutes(enlace):
    """Read the minutes as a focal point, take them away, and find the gap of one's own institution."""
    enlace.open("/commission-sessions/", "sessions")
    enlace.press("Primera Sesión Ordinaria 2026", "session")
    assert not enlace.says("Registrar asistencia")
    enlace.press("Acta", "minutes")
    assert "11 de 13 integrantes" in printed(take_away(enlace, "link", "PDF"))
    enlace.open("/commission-sessions/accords", "accords")
    enlace.press("Capacitar a cinco personas", "session")
    enlace.press("2026-O1-A01", "table")
    assert enlace.says("Brecha")


def see_the_group(desk, programme):
    """From the day of its seat on, the group counts as the towns that it consists of."""
    desk.open(f"{programme}/commission", "commission with the group")
    assert desk.says("15 asientos")
    desk.open("/reports/", "report with the group")
    assert desk.says("Cobertura: 11 de 15 instituciones")
    assert all(desk.says(town) for town in TOWNS)
    assert not desk.page.locator("table.table--progress tbody th", has_text=GROUP).count()
