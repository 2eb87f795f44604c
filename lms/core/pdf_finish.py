"""The last step of every PDF: described, tagged in reading order, kerned, free of what archives refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String, unparse_content_stream
from PIL import ImageCms

from lms.core.pdf_metadata import PdfMetadata, docinfo, xmp_packet
from lms.core.pdf_page import Paragraph, rewrite_page
from lms.core.typefaces import Pairs

_ICC_DATE = slice(24, 36)


@dataclass(frozen=True, kw_only=True)
class FinishedPdf:
    """The bytes of a PDF and the number of its pages."""

    content: bytes
    pages: int


def finish_pdf(raw: bytes, *, metadata: PdfMetadata, faces: Mapping[str, Pairs]) -> FinishedPdf:
    """Return the PDF with its description, one tag per paragraph, sRGB declared, and the faces kerned."""
    with Pdf.open(BytesIO(raw)) as pdf:
        paragraphs = [_finish_page(pdf, page, number, faces) for number, page in enumerate(pdf.pages)]
        _tag(pdf, paragraphs)
        declare_colours(pdf)
        describe(pdf, metadata)
        # The library draws a random number for it; without one the file is named after its content.
        if Name.ID in pdf.trailer:
            del pdf.trailer.ID
        output = BytesIO()
        pdf.save(output, deterministic_id=True, fix_metadata_version=False)
        return FinishedPdf(content=output.getvalue(), pages=len(paragraphs))


def _finish_page(pdf: Pdf, page: Page, number: int, faces: Mapping[str, Pairs]) -> list[Paragraph]:
    rewritten = rewrite_page(page, faces)
    page.obj.Contents = Stream(pdf, unparse_content_stream(rewritten.instructions))
    # The library declares Helvetica on every page, embedded nowhere: archives refuse such a font. All pages share one
    # list of fonts, so each gets its own before anything is left out of it.
    fonts = page.obj.Resources.get(Name.Font, Dictionary())
    resources = Dictionary(dict(page.obj.Resources.items()))
    resources.Font = Dictionary({name: font for name, font in fonts.items() if name in rewritten.fonts})
    page.obj.Resources = resources
    if Name.Trans in page.obj:
        del page.obj.Trans
    page.obj.StructParents = number
    page.obj.Tabs = Name.S
    return rewritten.paragraphs


def _tag(pdf: Pdf, pages: list[list[Paragraph]]) -> None:
    """Write the structure tree: one document whose paragraphs come in the order they were drawn."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    numbers = Array()
    for number, (page, paragraphs) in enumerate(zip(pdf.pages, pages, strict=True)):
        owners = Array()
        for paragraph in paragraphs:
            marks = Array(paragraph.marks)
            element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=marks)
            element = pdf.make_indirect(element)
            document.K.append(element)
            owners.extend([element] * len(paragraph.marks))
        numbers.append(number)
        numbers.append(pdf.make_indirect(owners))
    root.K = Array([document])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def declare_colours(pdf: Pdf) -> None:
    """Say which red, green and blue are meant: an archive does not accept colours of the device."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = bytes(12)  # the library stamps the time of today
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=Stream(pdf, bytes(profile), N=3),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def describe(pdf: Pdf, metadata: PdfMetadata) -> None:
    """Write what the file says of itself, in its catalogue and its metadata."""
    pdf.Root.Lang = String(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Metadata = Stream(pdf, xmp_packet(metadata), Type=Name.Metadata, Subtype=Name.XML)
    if Name.Info in pdf.trailer:
        del pdf.trailer.Info
    for name, value in docinfo(metadata).items():
        pdf.docinfo[name] = value
