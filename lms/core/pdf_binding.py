"""Finished PDFs bound into one: their pages, a bookmark for each, and their tags under one document."""

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, String

from lms.core.pdf_finish import declare_colours, describe
from lms.core.pdf_metadata import PdfMetadata


def bind_pdf(chapters: Iterable[tuple[str, bytes]], *, metadata: PdfMetadata) -> bytes:
    """Return one PDF of chapters, each a title and what `finish_pdf` made; every chapter is a section of its tags."""
    with Pdf.new() as book:
        document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        numbers = Array()
        with book.open_outline() as outline:
            for title, content in chapters:
                outline.root.append(OutlineItem(title, len(book.pages)))
                with Pdf.open(BytesIO(content)) as chapter:
                    _add(book, chapter, _section(book, document, title), numbers)
        _root(book, document, numbers)
        declare_colours(book)
        describe(book, metadata)
        target = BytesIO()
        book.save(target, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return target.getvalue()


def _section(book: Pdf, document: Object, title: str) -> Object:
    section = Dictionary(Type=Name.StructElem, S=Name.Sect, P=document, T=String(title), K=Array())
    document.K.append(book.make_indirect(section))
    return document.K[-1]


def _add(book: Pdf, chapter: Pdf, section: Object, numbers: Array) -> None:
    """Add the pages of a chapter and, page by page, elements like those that its own tags had."""
    first = len(book.pages)
    book.pages.extend(chapter.pages)
    owners = chapter.Root.StructTreeRoot.ParentTree.Nums
    for offset in range(len(chapter.pages)):
        page = book.pages[first + offset].obj
        page.StructParents = first + offset
        made: dict[tuple[int, int], Object] = {}
        mine = Array()
        for owner in owners[2 * offset + 1]:
            if owner.objgen not in made:
                element = Dictionary(Type=Name.StructElem, S=owner.S, P=section, Pg=page, K=Array(owner.K))
                made[owner.objgen] = book.make_indirect(element)
                section.K.append(made[owner.objgen])
            mine.append(made[owner.objgen])
        numbers.append(first + offset)
        numbers.append(book.make_indirect(mine))


def _root(book: Pdf, document: Object, numbers: Array) -> None:
    tree = Dictionary(Nums=numbers)
    root = book.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([document]),
            ParentTree=tree,
            ParentTreeNextKey=len(book.pages),
        )
    )
    document.P = root
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)
