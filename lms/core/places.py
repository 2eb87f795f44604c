"""Countries and their first-level units as ISO 3166 codes them, the localities below, and the names people write.

Source: ISO 3166-1, and ISO 3166-2 for Mexico, Peru and Ecuador. Another country is one more block of rows. ISO has no
code for a canton or a district: those that a programme works in are named here, under the code of their unit.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from lms.core.folding import fold

GENERAL: Final = "general"
"""What holds wherever nothing narrower is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country, one of its first-level units, or a locality in one."""

    code: str
    """ISO 3166-1 alpha-2, ISO 3166-2 as in MX-ROO, or that and the locality's name as in EC-H-GUAMOTE."""
    name: str
    """In Spanish."""
    aliases: tuple[str, ...] = ()
    """Other names, and cities by which people name it."""

    @property
    def country(self) -> str:
        """Return the code of its country."""
        return self.code.partition("-")[0]

    @property
    def unit(self) -> str:
        """Return the code of the first-level unit that it is or lies in; empty for a country."""
        country, _, rest = self.code.partition("-")
        return f"{country}-{rest.partition('-')[0]}" if rest else ""


_ROWS: Final = """
MX México
MX-AGU Aguascalientes
MX-BCN Baja California
MX-BCS Baja California Sur
MX-CAM Campeche
MX-CHH Chihuahua
MX-CHP Chiapas
MX-CMX Ciudad de México
MX-COA Coahuila de Zaragoza | Coahuila
MX-COL Colima
MX-DUR Durango
MX-GRO Guerrero
MX-GUA Guanajuato
MX-HID Hidalgo
MX-JAL Jalisco
MX-MEX Estado de México
MX-MIC Michoacán de Ocampo | Michoacán
MX-MOR Morelos
MX-NAY Nayarit
MX-NLE Nuevo León
MX-OAX Oaxaca
MX-PUE Puebla
MX-QUE Querétaro
MX-ROO Quintana Roo | Chetumal | Cancún
MX-SIN Sinaloa
MX-SLP San Luis Potosí
MX-SON Sonora
MX-TAB Tabasco
MX-TAM Tamaulipas
MX-TLA Tlaxcala
MX-VER Veracruz de Ignacio de la Llave | Veracruz
MX-YUC Yucatán
MX-ZAC Zacatecas
PE Perú
PE-AMA Amazonas
PE-ANC Áncash
PE-APU Apurímac
PE-ARE Arequipa
PE-AYA Ayacucho
PE-CAJ Cajamarca
PE-CAL Callao
PE-CUS Cusco | Cuzco
PE-HUC Huánuco
PE-HUV Huancavelica
PE-ICA Ica
PE-JUN Junín
PE-LAL La Libertad
PE-LAM Lambayeque
PE-LIM Lima
PE-LMA Municipalidad Metropolitana de Lima | Lima Metropolitana
PE-LOR Loreto
PE-MDD Madre de Dios
PE-MOQ Moquegua
PE-PAS Pasco
PE-PIU Piura
PE-PUN Puno
PE-PUN-DESAGUADERO Desaguadero
PE-SAM San Martín
PE-TAC Tacna
PE-TUM Tumbes
PE-UCA Ucayali
EC Ecuador
EC-A Azuay
EC-A-CUENCA Cuenca
EC-B Bolívar
EC-C Carchi
EC-D Orellana
EC-E Esmeraldas
EC-F Cañar
EC-G Guayas | Guayaquil
EC-H Chimborazo | Riobamba
EC-H-COLTA Colta
EC-H-GUAMOTE Guamote
EC-I Imbabura | Ibarra | Otavalo | Cotacachi
EC-L Loja
EC-M Manabí
EC-N Napo
EC-O El Oro
EC-P Pichincha
EC-P-QUITO Distrito Metropolitano de Quito | Quito
EC-R Los Ríos
EC-S Morona Santiago
EC-SD Santo Domingo de los Tsáchilas | Santo Domingo
EC-SE Santa Elena
EC-T Tungurahua | Ambato
EC-U Sucumbíos
EC-W Galápagos
EC-X Cotopaxi
EC-Y Pastaza
EC-Z Zamora Chinchipe
AR Argentina
CR Costa Rica
GT Guatemala
HN Honduras
PA Panamá
"""


def _place(row: str) -> Place:
    code, _, names = row.partition(" ")
    name, *aliases = (each.strip() for each in names.split("|"))
    return Place(code=code, name=name, aliases=tuple(aliases))


PLACES: Final = {place.code: place for place in map(_place, _ROWS.strip().split("\n"))}
"""Every known place by its code: a country before its units, a unit before its localities."""
_ENGLISH: Final = {"MX": "Mexico", "PA": "Panama", "PE": "Peru", GENERAL: "In general"}


def find_place(word: str) -> str | None:
    """Return the code that a word means, whatever its capitals: a code, ``general``, or a country of two letters."""
    code = word.strip().upper()
    if code in PLACES:
        return code
    return GENERAL if code.casefold() == GENERAL else None


def nearest_place(word: str) -> str:
    """Return the code that a wrong word probably means, by code or by name; empty when none is near."""
    forms = {GENERAL: GENERAL}
    for place in PLACES.values():
        forms |= {fold(form): place.code for form in (place.code, place.name, *place.aliases)}
    near = get_close_matches(fold(word).replace("_", "-"), forms, n=1, cutoff=0.7)
    return forms[near[0]].lower() if near else ""


def place_name(code: str, language: str = "es") -> str:
    """Return how people call a place; the code itself when nobody wrote its name down."""
    if language == "en" and code in _ENGLISH:
        return _ENGLISH[code]
    if code == GENERAL:
        return "En general"
    return PLACES[code].name if code in PLACES else code


@lru_cache(maxsize=512)
def places_of(country: str, territory: str) -> tuple[str, ...]:
    """Return the codes of where something happens, the narrowest first, from a country and free words.

    ``("MX", "Cancún, Quintana Roo")`` gives ``("MX-ROO", "MX")``; words that name no unit give the country alone, and
    words that name two localities of a unit give the unit.
    """
    code = country.strip().upper()
    words = fold(territory)
    places = [place for place in PLACES.values() if place.country == code and place.unit]
    named = [(len(form), place) for place in places if (form := _named(place, words))]
    if not named:
        return (code,) if code else ()
    unit = max(named, key=lambda each: (each[0], each[1].unit))[1].unit
    localities = [place.code for _length, place in named if place.unit == unit != place.code]
    return widen(localities[0] if len(localities) == 1 else unit)


def widen(code: str) -> tuple[str, ...]:
    """Return a place and what contains it, the narrowest first; empty for no place."""
    place = find_place(code)
    if place is None or place == GENERAL:
        return ()
    known = PLACES[place]
    return tuple(dict.fromkeys(filter(None, (known.code, known.unit, known.country))))


def _named(place: Place, words: str) -> str:
    """Return the longest name of a place that stands in the words: "Baja California Sur" is not its neighbour."""
    forms = map(fold, (place.code, place.name, *place.aliases))
    found = [form for form in forms if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words)]
    return max(found, key=len, default="")
