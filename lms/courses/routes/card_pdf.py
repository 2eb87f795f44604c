"""The card of a route as a PDF of one sheet. Only jobs import this: the layout library is slow to load."""

import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final

from lms.core.i18n import _
from lms.core.pdf import render_pdf
from lms.core.pdf_assets import AssetSource, RenderFailed
from lms.core.pdf_metadata import PdfMetadata
from lms.courses.routes.card import Card, CardNumber, CardStep
from lms.web.qr import qr_png

FACES: Final = Path("ruta") / "fonts"
"""Where the folder of designs keeps the typeface of the product."""
SIZES: Final = (10.0, 9.4, 8.8, 8.2, 7.6, 7.0, 6.4, 5.8)
"""Points, the largest that fits on one sheet wins."""
QR: Final = "qr.png"
LONGEST_LINE: Final = 60
"""Letters of an address that fit beside the code at the largest size."""
_PIECE: Final = re.compile(r"[^/]*/?")
_STYLE: Final = """
@page { size: 148mm 210mm; margin: 9mm 9mm 8mm 9mm; }
@font-face { font-family: "Ruta Sans"; src: url(ruta-sans-400.ttf); }
@font-face { font-family: "Ruta Sans SemiBold"; src: url(ruta-sans-640.ttf); }
body { font-family: "Ruta Sans"; font-size: %(size)spt; line-height: 1.25; color: #000000; }
p { margin: 0; }
table { width: 100%%; }
td { vertical-align: top; padding: 0 1mm 1.1mm 0; }
.strong { font-family: "Ruta Sans SemiBold"; }
.title { font-family: "Ruta Sans SemiBold"; font-size: %(title)spt; line-height: 1.1; margin-bottom: 0.8mm; }
.small { font-size: %(small)spt; color: #222222; }
.emergency td { border: 1.4pt solid #000000; padding: 2mm 3mm 1.6mm 3mm; }
.emergency .number { font-size: %(call)spt; }
.number { font-family: "Ruta Sans SemiBold"; font-size: %(number)spt; line-height: 1; }
.steps td { border-top: 0.4pt solid #888888; padding-top: 0.9mm; }
.order { font-family: "Ruta Sans SemiBold"; font-size: %(number)spt; line-height: 1; }
.contacts td { border-top: 0.4pt solid #888888; padding-top: 0.7mm; }
"""


def draw_card(card: Card, designs: Path, *, made_at: datetime) -> bytes:
    """Return the PDF of a card, of one A5 sheet that prints in black; raises PdfError when it cannot fit."""
    for size in SIZES[:-1]:
        try:
            return _render(card, designs, size, made_at)
        except RenderFailed:
            continue
    return _render(card, designs, SIZES[-1], made_at)


def _render(card: Card, designs: Path, size: float, made_at: datetime) -> bytes:
    assets = AssetSource(folder=designs / FACES, generated={QR: qr_png(card.address, 8)})
    metadata = PdfMetadata(
        title=card.title, language=card.language, subject=card.place, author="Ruta", created_at=made_at
    )
    return render_pdf(_html(card, size), assets=assets, metadata=metadata, max_pages=1)


def _html(card: Card, size: float) -> str:
    sizes = {
        "size": size,
        "title": size * 1.6,
        "small": size * 0.86,
        "number": size * 1.35,
        "call": size * 2.2,
    }
    steps = "".join(_step(number, step) for number, step in enumerate(card.steps, start=1))
    return (
        f"<html><head><style>{_STYLE % sizes}</style></head><body>"
        f'<p class="title">{escape(card.title)}</p><p class="small">{escape(card.place)}</p>'
        f'{_emergency(card)}<table class="steps">{steps}</table>{_numbers(card)}{_foot(card)}'
        "</body></html>"
    )


def _emergency(card: Card) -> str:
    if card.emergency is None:
        return "<p>&#160;</p>"
    one = card.emergency
    title = escape(_("Si hay riesgo inmediato, llame primero"))
    about = f"{escape(one.name)}, {escape(one.state)}"
    return (
        f'<p>&#160;</p><table class="emergency"><tr><td><p class="strong">{title}</p>'
        f'<p class="number">{escape(one.number)}</p><p class="small">{about}</p></td></tr></table><p>&#160;</p>'
    )


def _step(number: int, step: CardStep) -> str:
    if_unsafe, to_confirm = escape(_("Si no es seguro:")), escape(_("por confirmar"))
    unsafe = f'<p><span class="strong">{if_unsafe}</span> {escape(step.unsafe)}</p>' if step.unsafe else ""
    mark = f" ({to_confirm})" if step.is_to_verify else ""
    return (
        f'<tr><td width="7%"><p class="order">{number}</p></td><td><p class="strong">{escape(step.title)}</p>'
        f'<p class="small">{escape(step.who)}{mark}</p>{unsafe}</td></tr>'
    )


def _numbers(card: Card) -> str:
    if not card.numbers:
        return ""
    rows = "".join(_number(each) for each in card.numbers)
    return f'<p>&#160;</p><table class="contacts">{rows}</table>'


def _number(number: CardNumber) -> str:
    hours = f", {escape(number.hours)}" if number.hours else ""
    return (
        f'<tr><td width="58%"><p>{escape(number.name)}</p><p class="small">{escape(number.state)}{hours}</p></td>'
        f'<td><p class="strong">{escape(number.number)}</p></td></tr>'
    )


def lines_of(address: str) -> list[str]:
    """Return an address in lines that end after a slash: the layout library breaks words at spaces only."""
    lines = [""]
    for piece in _PIECE.findall(address):
        if lines[-1] and len(lines[-1]) + len(piece) > LONGEST_LINE:
            lines.append("")
        lines[-1] += piece
    return lines


def _foot(card: Card) -> str:
    care = escape(_("Confirme los números antes de usarlos. No escriba aquí datos de ninguna persona."))
    words = escape(_("La ruta de hoy, con los números de hoy:"))
    address = "<br>".join(map(escape, lines_of(card.address.partition("://")[2])))
    return (
        f'<p>&#160;</p><table><tr><td width="22%"><img src="{QR}" width="92" height="92"></td><td>'
        f'<p class="strong">{words}</p><p class="small">{address}</p>'
        f'<p class="small">{escape(card.validity)} {escape(card.verifier)}</p>'
        f'<p class="small">{care}</p><p class="small">{escape(card.course)}</p></td></tr></table>'
    )
