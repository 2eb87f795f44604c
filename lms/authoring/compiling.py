"""Compile a draft as its release would be compiled: the last ones are kept in the process, by their very bytes."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Final, TypeVar

from lms.authoring.rules import tree_hash
from lms.core.calendar import today
from lms.core.context import current_storage, registry
from lms.core.storage import digest_of
from lms.courses.compiler import manifest
from lms.courses.compiler.cache import CompilationCache
from lms.courses.compiler.compile import Compilation, compile_tree
from lms.courses.compiler.source import SourceFile, SourceTree
from lms.courses.contact_check import with_contacts
from lms.courses.keeping import with_kept_names
from lms.courses.sharing import ReleaseLibrary
from lms.plugins.blocks import by_name

ASSET_BASE: Final = "/authoring/assets"
"""Pictures of drafts have an address of their own, which asks who is looking."""
KEPT: Final = 8
SHARES: Final = (b"incluye", b"include")
"""How curso.yaml takes in a module of another course."""
_Name = TypeVar("_Name")
_Thing = TypeVar("_Thing")
_Key = tuple[str, str, str, date, frozenset[str]]
_kept: OrderedDict[_Key, Compilation] = OrderedDict()
_caches: OrderedDict[tuple[str, str], CompilationCache] = OrderedDict()
"""By the addresses of the course and of its pictures: only what changed in a draft is compiled again."""
_lock = Lock()


def read_tree(files: Mapping[str, str], typed: Mapping[str, bytes] | None = None) -> SourceTree:
    """Return files with their bytes, by the SHA-256 under which they are kept; ``typed`` is not kept yet."""
    storage, typed = current_storage(), typed or {}
    paths = sorted({*files, *typed})
    return SourceTree(
        files={
            path: SourceFile(path=path, content=typed[path] if path in typed else storage.get(files[path]))
            for path in paths
        }
    )


def compile_files(
    files: Mapping[str, str],
    slug: str,
    typed: Mapping[str, bytes] | None = None,
    *,
    asset_base: str = ASSET_BASE,
) -> Compilation:
    """Return what these files make, with every problem; the same bytes are compiled once a day.

    With the addresses of pictures that a release has, it is the very edition that a release would keep.
    """
    typed = typed or {}
    digests = {**files, **{path: digest_of(content) for path, content in typed.items()}}
    blocks = by_name(registry("markdown_blocks").values())
    key = (slug, asset_base, tree_hash(digests), today(), frozenset(blocks))
    with _lock:
        made = _recent(_kept, key, _kept[key]) if key in _kept else None
        cache = _recent(_caches, key[:2], _caches.get(key[:2]) or CompilationCache())
    if made is None:
        tree = read_tree(files, typed)
        library = ReleaseLibrary()
        made = compile_tree(
            tree, slug, blocks, asset_base=asset_base, today=key[3], cache=cache, library=library
        )
        # A module shared by another course is there or not by the hour: such a course is never kept whole.
        if not any(word in _manifest_of(tree) for word in SHARES):
            with _lock:
                _recent(_kept, key, made)
    return with_kept_names(with_contacts(made))


def _manifest_of(tree: SourceTree) -> bytes:
    file = tree.files.get(manifest.PATH)
    return file.content if file else b""


def _recent(shelf: OrderedDict[_Name, _Thing], name: _Name, thing: _Thing) -> _Thing:
    """Put a thing in front of a shelf and let go of what was not asked for in the longest time."""
    shelf[name] = thing
    shelf.move_to_end(name)
    while len(shelf) > KEPT:
        shelf.popitem(last=False)
    return thing
