"""Files that a lesson offers: video and audio with their transcript, and downloads. Nothing plays on its own."""

from collections.abc import Iterable
from html import escape
from typing import ClassVar

from lms.courses.blocks.labels import label, weight
from lms.courses.blocks.names import MEDIA_ATTRIBUTES, NAMES
from lms.plugins.blocks import Attachment, Block, BlockContext, Diagnostic, MarkdownBlock, Problem, icon


class _File(MarkdownBlock):
    takes_argument = True
    kinds: ClassVar[tuple[str, ...]]
    """Media types of the file that the block is about."""
    example: ClassVar[str]

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report a missing file, one of another kind, and a block without a title."""
        if not block.argument or not block.title:
            message = f"Faltan el archivo y su título, como «::: {self.name} {self.example} Título»."
            yield context.error("R205", block.line, message)
            return
        yield from _faults(block.argument, self.kinds, block, context)


class _Player(_File):
    attribute_names = MEDIA_ATTRIBUTES

    def check(self, block: Block, context: BlockContext) -> Iterable[Diagnostic]:
        """Report what is wrong with each file, and a missing transcript."""
        yield from super().check(block, context)
        for name, kinds in (("captions", ("text/vtt",)), ("poster", _POSTERS)):
            if name in block.attributes:
                yield from _faults(block.attributes[name], kinds, block, context)
        if not block.body.strip():
            message = "Falta la transcripción: escriba dentro del bloque todo lo que se dice y lo que se ve."
            yield context.error("R365", block.line, message)

    def html(self, block: Block, context: BlockContext) -> str:
        """Return the player with its weight, and the transcript behind a disclosure."""
        language = context.language
        title = context.render_inline(block.title)
        words = f"<summary>{label('transcript', language)}</summary>"
        transcript = (
            f'<details class="disclosure">{words}'
            f'<div class="stack gap-3">{context.render(block.body)}</div></details>'
        )
        file = context.attach(block.argument)
        if isinstance(file, Problem):
            return f"<p>{title}</p>{transcript}"
        facts = f"{label(self.name, language)}, {weight(file.size, language)}"
        caption = f'<figcaption>{title} <span class="muted">({facts})</span></figcaption>'
        return f'<figure class="media">{self._player(file, block, context)}{caption}</figure>{transcript}'

    def _player(self, file: Attachment, block: Block, context: BlockContext) -> str:
        poster = _address(block.attributes.get("poster", ""), context)
        drawn = f' poster="{escape(poster)}"' if poster and self.name == "video" else ""
        captions = _address(block.attributes.get("captions", ""), context)
        words = escape(label("captions", context.language))
        track = (
            f'<track kind="captions" src="{escape(captions)}" srclang="{escape(context.language)}"'
            f' label="{words}">'
            if captions
            else ""
        )
        source = f'<source src="{escape(file.url)}" type="{escape(file.media_type)}">'
        return (
            f'<{self.name} controls="" preload="none"{drawn} aria-label="{escape(block.title)}">'
            f"{source}{track}</{self.name}>"
        )


class Video(_Player):
    """A video: `::: video clip.mp4 Title {subtitulos=clip.vtt portada=clip.webp}` around its transcript."""

    names = NAMES["video"]
    kinds = ("video/mp4", "video/webm")
    example = "clip.mp4"


class Audio(_Player):
    """A recording around its transcript."""

    names = NAMES["audio"]
    kinds = ("audio/mpeg", "audio/ogg", "audio/mp4")
    example = "voz.mp3"


class Download(_File):
    """A document to keep; the body, if there is one, says what it is for."""

    names = NAMES["download"]
    kinds = ("application/pdf",)
    example = "ficha.pdf"

    def html(self, block: Block, context: BlockContext) -> str:
        """Return a link that says the kind and the weight of the file."""
        title = context.render_inline(block.title)
        body = context.render(block.body)
        file = context.attach(block.argument)
        if isinstance(file, Problem):
            return f"<p>{title}</p>{body}"
        facts = f"PDF, {weight(file.size, context.language)}"
        words = label("download", context.language)
        link = f'<a class="button" href="{escape(file.url)}">{icon("download")}{words}: {title} ({facts})</a>'
        return f"{body}<p>{link}</p>"


_POSTERS = ("image/svg+xml", "image/png", "image/webp")


def _faults(
    address: str, kinds: tuple[str, ...], block: Block, context: BlockContext
) -> Iterable[Diagnostic]:
    """Report a file that is not there or is not of these kinds."""
    found = context.attach(address)
    if isinstance(found, Problem):
        yield context.error(found.code, block.line, found.message)
    elif found.media_type not in kinds:
        known = ", ".join(kind.partition("/")[2] for kind in kinds)
        message = f"«{address}» no sirve aquí: hace falta un archivo de tipo {known}."
        yield context.error("R366", block.line, message)


def _address(written: str, context: BlockContext) -> str:
    found = context.attach(written) if written else None
    return found.url if isinstance(found, Attachment) else ""
