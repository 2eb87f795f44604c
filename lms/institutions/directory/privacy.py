"""Personal data of the directory: where a person worked and when."""

from uuid import UUID

from sqlalchemy import delete, select

from lms.core.db import db
from lms.core.i18n import _l
from lms.core.privacy import PersonalData
from lms.core.types import Json
from lms.institutions.directory.models import Affiliation, Institution


def _export(person_id: UUID) -> list[Json]:
    rows = db.session.execute(
        select(Affiliation, Institution)
        .join(Institution, Institution.id == Affiliation.institution_id)
        .where(Affiliation.person_id == person_id)
    ).all()
    return [
        {
            "institution": institution.name,
            "post": affiliation.post,
            "sector": affiliation.sector,
            "from": affiliation.starts_on.isoformat(),
            "to": affiliation.ends_on.isoformat() if affiliation.ends_on else None,
        }
        for affiliation, institution in rows
    ]


def _erase(person_id: UUID) -> int:
    """Forget every affiliation: a completion keeps the institution of its date without them."""
    gone = db.session.scalars(
        delete(Affiliation).where(Affiliation.person_id == person_id).returning(Affiliation.id)
    )
    return len(gone.all())


AFFILIATIONS = PersonalData(
    name="directory.affiliation",
    tables=("affiliation",),
    purpose=_l(
        "Saber en qué institución trabaja cada persona, para inscribirla y contar sus resultados ahí."
    ),
    retention=_l("Mientras la cuenta exista."),
    export=_export,
    erase=_erase,
)
