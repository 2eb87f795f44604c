"""The address at the foot of a card stays inside the sheet."""

from lms.courses.routes.card_pdf import LONGEST_LINE, lines_of

LONG = "formacion.comision-interinstitucional.gob.example/routes/mx-roo/ninas-ninos-y-adolescentes/hoy"


def test_a_long_address_goes_on_after_a_slash():
    lines = lines_of(LONG)
    assert "".join(lines) == LONG
    assert [line[-1] for line in lines[:-1]] == ["/"] * (len(lines) - 1)
    assert all(len(line) <= LONGEST_LINE for line in lines[1:])


def test_a_short_one_stays_in_one_line():
    assert lines_of("ruta.example.org/routes/mx") == ["ruta.example.org/routes/mx"]
