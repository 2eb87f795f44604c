"""Who may open what of the quarterly progress of a commission: rows of the table of access."""

PROGRESS = {
    "progress.accept": "administrator",
    "progress.edit_indicator": "administrator",
    "progress.evidence": "focal-point reviewer administrator",
    "progress.figures_file": "reviewer administrator",
    "progress.figures_page": "reviewer administrator",
    "progress.fill": "focal-point",
    "progress.index": "focal-point reviewer administrator",
    "progress.matrix": "reviewer administrator",
    "progress.matrix_file": "reviewer administrator",
    "progress.new_indicator": "administrator",
    "progress.open_period": "administrator",
    "progress.plan_file": "reviewer administrator",
    "progress.plan_page": "reviewer administrator",
    "progress.programme_page": "reviewer administrator",
    "progress.remind": "administrator",
    "progress.send_back": "administrator",
    "progress.submission_page": "focal-point reviewer administrator",
    "progress.upload_plan": "administrator",
}
