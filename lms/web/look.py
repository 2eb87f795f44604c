"""What every template can call: icons, drawings, addresses of assets, formats of the person's language."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from flask import request, url_for
from jinja2 import Environment

from lms.web import formats
from lms.web.assets import asset_url
from lms.web.controls import control, control_kind, described_by
from lms.web.formats import Number
from lms.web.icons import icon, sprite, use_icons
from lms.web.qr import qr_svg
from lms.web.sectors import SECTORS
from lms.web.serpentine import serpentine
from lms.web.tiles import tiles

Language = Callable[[], str]
Timezone = Callable[[], tzinfo]
Filter = Callable[..., str | int]


def add_look(env: Environment, *, language: Language, timezone: Timezone) -> None:
    """Give templates the globals and filters of the look; language and timezone are asked at each use."""
    env.globals.update(
        icon=icon,
        use_icons=use_icons,
        sprite=sprite,
        tiles=tiles,
        qr_svg=qr_svg,
        serpentine=serpentine,
        asset_url=asset_url,
        page_url=page_url,
        control=control,
        control_kind=control_kind,
        described_by=described_by,
        SECTORS=SECTORS,
    )
    env.filters.update(_number_filters(language))
    env.filters.update(_date_filters(language, timezone))


def page_url(number: int, name: str = "page") -> str:
    """Return the address of this same list, with the same filters, at another page."""
    values = {**request.args.to_dict(flat=False), **(request.view_args or {}), name: number}
    return url_for(request.endpoint or "", **values)


def _number_filters(language: Language) -> dict[str, Filter]:
    def thousands(number: int) -> str:
        return formats.thousands(number, language=language())

    def decimal(number: Number, digits: int = 1) -> str:
        return formats.decimal(number, digits, language=language())

    def percent(fraction: Number, digits: int = 0) -> str:
        return formats.percent(fraction, digits, language=language())

    def percent_of(part: int, whole: int, digits: int = 0) -> str:
        return formats.percent_of(part, whole, digits, language=language())

    def byte_size(size: int) -> str:
        return formats.byte_size(size, language=language())

    own = (thousands, decimal, percent, percent_of, byte_size)
    return {each.__name__: each for each in own} | {
        "duration": formats.duration,
        "whole_percent": formats.whole_percent,
    }


def _date_filters(language: Language, timezone: Timezone) -> dict[str, Filter]:
    def bound(write: Callable[..., str]) -> Filter:
        def filter_(day: date) -> str:
            return write(day, language=language(), timezone=timezone())

        return filter_

    def clock(moment: datetime) -> str:
        return formats.clock(moment, timezone=timezone())

    return {
        "long_date": bound(formats.long_date),
        "medium_date": bound(formats.medium_date),
        "short_date": bound(formats.short_date),
        "month": bound(formats.month),
        "date_time": bound(formats.date_time),
        "clock": clock,
    }
