"""A picture draws and nothing else: it runs nothing and fetches nothing, however its addresses are spelt."""

import pytest

from lms.courses.compiler.pictures import is_sound


def picture(inside):
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="java&#10;script:alert(1)"/>',
        '<a href="java&Tab;script:alert(1)"/>',
        '<image href="/\\evil.example/x.png"/>',
        '<image href="https:evil.example/x.png"/>',
        '<image href="ht&#10;tps://evil.example/x.png"/>',
        "<image xlink:href = ' x.png'/>",
        '<set attributeName="href" to="https://evil.example/x"/>',
        '<style>@im\\70ort "x";</style>',
        "<style>a{fill:u\\72l(x)}</style>",
        "<style>a{fill:url( x.png)}</style>",
        '<style>a{fill:image-set("x.png" 1x)}</style>',
    ],
)
def test_an_address_that_leads_out_of_a_picture_is_refused(inside):
    assert not is_sound(picture(inside), "image/svg+xml")


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#a"/>',
        "<use xlink:href = ' #a'/>",
        '<rect fill="url(#g)" filter="url(&quot;#f&quot;)"/>',
        '<image href="data:image/png;base64,AAAA"/>',
    ],
)
def test_what_stays_inside_a_picture_is_let_in(inside):
    assert is_sound(picture(inside), "image/svg+xml")
