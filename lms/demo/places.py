"""The institutions of Quintana Roo's commission as the programme's public note names them; the people are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A member institution: its sector, how many people it sends to each cohort, and its units."""

    name: str
    sector: str | None
    sent: tuple[int, int]
    """Participants in the finished and in the running cohort."""
    pace: float
    """How diligent its people are on the whole, 0 to 1."""
    units: tuple[str, ...] = ()
    is_guest: bool = False


STATE = "Gobierno del Estado de Quintana Roo"
TERRITORY = "Quintana Roo"
TOWN_COUNCILS = "Ayuntamientos"

BODIES = (
    Body("Secretaría de Gobierno", "justice", (6, 5), 0.9),
    Body(
        "Secretaría de Seguridad Ciudadana",
        "security",
        (12, 8),
        0.7,
        ("Academia estatal (demo)", "Policía turística (demo)"),
    ),
    Body(
        "Secretaría de Salud",
        "health",
        (12, 10),
        0.8,
        ("Hospital general (demo)", "Jurisdicción sanitaria (demo)"),
    ),
    Body("Secretaría de Desarrollo Social", "protection", (6, 5), 0.65),
    Body("Secretaría de Educación", "education", (9, 7), 0.6, ("Educación media superior (demo)",)),
    Body("Secretaría de Desarrollo Económico", "labour", (3, 2), 0.5),
    Body("Secretaría de Turismo", "tourism", (0, 0), 0.5),
    Body("Sistema DIF", "protection", (9, 7), 0.85),
    Body("Secretaría de Trabajo y Previsión Social", "labour", (6, 6), 0.6),
    Body("Fiscalía General del Estado", "justice", (9, 7), 0.9),
    Body("Instituto Quintanarroense de la Mujer", "protection", (6, 5), 0.95),
    Body("Procuraduría para la Protección de Niñas, Niños y Adolescentes", "protection", (6, 5), 0.85),
    Body("Comisión de los Derechos Humanos del Estado de Quintana Roo", "justice", (5, 4), 0.8),
    Body(
        TOWN_COUNCILS, None, (0, 0), 0.6, ("Ayuntamiento de Benito Juárez", "Ayuntamiento de Othón P. Blanco")
    ),
    Body("Organización Internacional para las Migraciones", "migration", (0, 0), 0.8, is_guest=True),
)
COUNCIL_PLACES = (
    ("Ayuntamiento de Benito Juárez", "Benito Juárez, Quintana Roo"),
    ("Ayuntamiento de Othón P. Blanco", "Othón P. Blanco, Quintana Roo"),
)
"""Where each council is, as the catalogue of territories finds it."""
COUNCIL_SECTORS = (("security", 4), ("protection", 4), ("education", 2))
"""Per council and cohort: how many people of which office."""
POSTS = {
    "health": ("Enfermería", "Medicina general", "Trabajo social médico", "Admisión"),
    "security": ("Policía de proximidad", "Atención ciudadana", "Prevención"),
    "justice": ("Asesoría jurídica", "Atención a víctimas", "Agencia del Ministerio Público"),
    "education": ("Orientación educativa", "Docencia", "Dirección de plantel"),
    "protection": ("Trabajo social", "Psicología", "Atención a la niñez"),
    "labour": ("Inspección laboral", "Conciliación"),
    "tourism": ("Verificación turística",),
    "migration": ("Acompañamiento técnico",),
}
