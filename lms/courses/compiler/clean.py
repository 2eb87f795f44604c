"""The last door before HTML is stored: only the tags and attributes that our pages use get through."""

import re

import nh3

_TEXT = {"p", "br", "hr", "em", "strong", "code", "pre", "sup", "sub", "abbr", "q", "del", "ins", "small"}
_LISTS = {"ul", "ol", "li", "dl", "dt", "dd", "blockquote"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_FRAMES = {"div", "section", "span", "details", "summary", "figure", "figcaption", "a", "img", "svg", "use"}
_MEDIA = {"video", "audio", "source", "track"}
_SOURCE_TYPES = {"video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/mp4"}
_ICON = re.compile(r"#i-[a-z0-9-]+")


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if tag == "use" and attribute == "href":
        return value if _ICON.fullmatch(value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TEXT | _LISTS | _HEADINGS | _TABLES | _FRAMES | _MEDIA,
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"id", "class", "lang", "data-kind", "data-s"},
        "a": {"href", "rel", "title"},
        "img": {"src", "alt", "title", "width", "height"},
        "abbr": {"title"},
        "ol": {"start"},
        "use": {"href"},
        "video": {"poster"},
        "source": {"src"},
        "track": {"src", "srclang", "label"},
    },
    tag_attribute_values={
        "div": {"role": {"region"}, "tabindex": {"0"}},
        "li": {"data-state": {"current", "todo"}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        # Nothing plays or is fetched before somebody asks for it.
        "video": {"controls": {""}, "preload": {"none"}},
        "audio": {"controls": {""}, "preload": {"none"}},
        "source": {"type": _SOURCE_TYPES},
        "track": {"kind": {"captions"}},
        "th": {"scope": {"col", "row"}},
    },
    generic_attribute_prefixes={"aria-"},
    attribute_filter=_filter,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


def clean(html: str) -> str:
    """Return the HTML with everything removed that is not explicitly allowed."""
    return _CLEANER.clean(html).strip()
