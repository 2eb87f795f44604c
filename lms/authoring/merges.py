"""How what people wrote and reviewed follows when two records of one person become one."""

from lms.core.i18n import _l
from lms.plugins.people import PersonRows

_SIGNED = (
    ("draft", "changed_by_id", _l("Borradores que cambió")),
    ("draft_file", "saved_by_id", _l("Archivos que guardó")),
    ("file_revision", "by_id", _l("Cambios de archivos")),
    ("review", "requested_by_id", _l("Revisiones que pidió")),
    ("review", "decided_by_id", _l("Revisiones que decidió")),
    ("review_comment", "by_id", _l("Comentarios de revisión")),
)
PERSON_ROWS = [
    PersonRows(
        name="authoring.place",
        label=_l("Borradores en que participa"),
        table="draft_person",
        column="person_id",
        same=("draft_id", "part"),
    ),
    *(
        PersonRows(name=f"authoring.{table}.{column}", label=label, table=table, column=column)
        for table, column, label in _SIGNED
    ),
]
"""Four eyes see that both are one person only if what each of them did is that person's."""
