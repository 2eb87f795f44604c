"""Take HTML comments out of Markdown: they are notes between authors."""

from lms.courses.compiler.splitter import fenced_code_lines

_OPEN, _CLOSE = "<!--", "-->"


def blank_comments(text: str) -> str:
    """Return the text without its comments, on the same lines; code and unclosed comments stay."""
    if _OPEN not in text:
        return text
    code = fenced_code_lines(text.split("\n"))
    pieces: list[str] = []
    done = position = line = 0
    while (start := text.find(_OPEN, position)) >= 0 and (end := text.find(_CLOSE, start)) >= 0:
        line += text.count("\n", position, start)
        position = start + len(_OPEN)
        if line in code:
            continue
        pieces += [text[done:start], "\n" * text.count("\n", start, end)]
        line += text.count("\n", start, end)
        done = position = end + len(_CLOSE)
    return "".join((*pieces, text[done:]))
