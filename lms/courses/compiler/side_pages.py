"""Read and leave out whole files that stand beside the pages: variants by place and translations."""

from lms.courses.compiler.diagnostics import Findings
from lms.courses.compiler.front_matter import blank_mark
from lms.courses.compiler.marks import find_side_marks
from lms.courses.compiler.signatures import is_signed, read_signatures
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.compiler.variants import FOLDERS


def as_read(tree: SourceTree) -> SourceTree:
    """Return the files with each variant as it reads: a variant has no head, save one that only marks it."""
    prefixes = tuple(f"{folder}/" for folder in FOLDERS)
    changed = {
        path: SourceFile(path=path, content=read)
        for path, file in tree.files.items()
        if path.startswith(prefixes) and (read := _without_mark(path, file.content)) != file.content
    }
    return SourceTree(files={**tree.files, **changed}) if changed else tree


def without_waiting(tree: SourceTree) -> SourceTree:
    """Return the files but for the variants and the translations that wait for a signature."""
    marks = find_side_marks(tree)
    signatures = read_signatures(tree, Findings()) if marks else ()
    waiting = {mark.path for mark in marks if not is_signed(mark, signatures)}
    return tree.without(waiting) if waiting else tree


def _without_mark(path: str, content: bytes) -> bytes:
    if not path.endswith(".md") or not content.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        return content
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return content
    read = blank_mark(text)
    return content if read == text else read.encode()
