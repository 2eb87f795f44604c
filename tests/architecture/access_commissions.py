"""Who may open the agreements and the sessions of commissions: a part of the access table."""

STAFF, READERS = "administrator", "focal-point reviewer administrator"
AGREEMENTS_MANAGED = (
    "add_campaign", "add_commitment", "add_duty", "add_evidence", "add_paper", "add_party", "advance_duty",
    "amend", "discard", "edit_agreement", "new_agreement", "note_reach", "remove_commitment",
    "remove_duty", "remove_paper", "remove_party",
)  # fmt: skip
AGREEMENTS_READ = (
    "agreement_page", "index", "index_file", "paper",
)  # fmt: skip
SITTINGS_READ = (
    "accords", "accords_file", "draft_pdf", "index", "minutes", "minutes_pdf", "paper", "paper_file", "sitting_page",
)  # fmt: skip
SITTINGS_MANAGED = (
    "add_accord", "add_item", "add_note", "add_proposal", "add_task", "approve", "ask_draft", "attach", "attendance",
    "begin", "convocation", "edit_item", "edit_sitting", "follow", "move_item", "new_sitting",
    "note_outcome", "quorum", "remove_item", "send_again", "undo_opening",
)  # fmt: skip
COMMISSIONS = {
    **{f"agreements.{name}": STAFF for name in AGREEMENTS_MANAGED},
    **{f"agreements.{name}": READERS for name in AGREEMENTS_READ},
    **{f"sittings.{name}": STAFF for name in SITTINGS_MANAGED},
    **{f"sittings.{name}": READERS for name in SITTINGS_READ},
}
