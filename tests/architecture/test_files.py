"""Whoever keeps files in the storage says how its rows name them: what nobody names is erased."""

import re
from pathlib import Path

from sqlalchemy import String

import lms
from lms.app import BUILT_IN
from lms.core.db import Base
from lms.plugins.slices import Slice

ROOT = Path(lms.__file__).parent
STORES = re.compile(r"current_storage\(\)\.put|storage\.put|private_files\.keep")
HASH_LENGTH = 64
OF_NO_FILE = {
    ("agreement_party", "place_key"), ("attendance_observation", "browser"), ("audit_entry", "seal"),
    ("booklet", "stamp"), ("call_columns", "heading"), ("call_report", "digest"), ("certificate", "design_digest"),
    ("certificate_design", "digest"), ("draft", "text_hash"), ("draft", "tree_hash"), ("follow_up_refusal", "digest"),
    ("institution", "place_key"), ("kiosk", "key_digest"), ("meeting", "secret"), ("meeting_room", "secret"),
    ("release", "content_hash"), ("release_route", "card_inputs"), ("replaced_version", "design_digest"),
    ("report_version", "signed_with"), ("review", "text_hash"), ("sign_in_session", "key_digest"),
    ("signing_certificate", "sha256"), ("sitting", "draft_of"), ("territory", "place_key"), ("unit", "shared_key"),
    ("walk_in", "form_key"),
}  # fmt: skip
"""Keys, secrets and hashes over something else than the bytes of a file that is kept."""
NO_SLICE = {"core", "testing", "demo"}
"""What carries out, for tests or with the services of slices."""


def slices():
    """Return the declaration of each slice by its folder."""
    found = {}
    for module in BUILT_IN:
        declared = getattr(module, "register_slice", lambda: Slice(name=""))()
        found[Path(module.__file__).parent] = declared
    return found


def owner(path, folders):
    return next(folder for folder in path.parents if folder in folders)


def test_every_slice_that_stores_says_how_its_rows_name_what_it_stores():
    known = slices()
    storing = {
        owner(path, known)
        for path in ROOT.rglob("*.py")
        if path.relative_to(ROOT).parts[0] not in NO_SLICE and STORES.search(path.read_text("utf-8"))
    }
    assert len(storing) > 15
    silent = [str(folder.relative_to(ROOT)) for folder in storing if not known[folder].kept_files]
    assert silent == [], "declare a KeptFiles in kept_files of its plugin.py"
    names = [each.name for declared in known.values() for each in declared.kept_files]
    assert len(set(names)) == len(names)


def test_every_column_as_long_as_a_hash_is_declared_or_says_what_it_is():
    declared = {
        (column.class_.__tablename__, column.key)
        for each in slices().values()
        for kept in each.kept_files
        for column in kept.columns
    }
    long_enough = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and column.type.length == HASH_LENGTH
    }
    assert sorted(long_enough - declared - OF_NO_FILE) == []
    assert sorted(OF_NO_FILE - long_enough) == []
