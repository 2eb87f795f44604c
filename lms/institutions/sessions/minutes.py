"""What the minutes of a session say, as plain values: of a draft whenever it is looked at, then once and for all.

Minutes name institutions and posts, never people: who held a seat on a day is in the commission.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lms.core.i18n import _, n_, speaking
from lms.core.types import Json
from lms.institutions.commission.words import SEAT_KINDS
from lms.institutions.programmes.models import Programme
from lms.institutions.sessions import queries, words
from lms.institutions.sessions.models import Proposal, Sitting
from lms.institutions.sessions.queries import Attending, Followed
from lms.institutions.sessions.rules import PresenceKind, ProposalState, seats_needed
from lms.web.formats import clock, long_date, medium_date

LANGUAGE = "es"
"""Minutes speak the language of the commissions, whoever approves them."""


def compose(sitting: Sitting, programme: Programme, *, now: datetime) -> Json:
    """Return what the minutes say now, in words that need no further look at the database."""
    with speaking(LANGUAGE):
        zone = ZoneInfo(programme.timezone)
        attending = queries.list_attending(sitting)
        accords = [each for each in queries.list_accords(sitting.id) if each.row.number]
        return {
            "title": words.title_of(sitting),
            "programme": programme.name,
            "issuer": " · ".join(filter(None, (programme.issuer_name, programme.issuer_unit))),
            "day": long_date(sitting.day, language=LANGUAGE, timezone=zone),
            "hour": clock(sitting.starts_at, timezone=zone),
            "modality": str(words.MODALITIES[sitting.modality]),
            "place": sitting.place,
            "quorum": _quorum(sitting, attending),
            "attending": [_attending(each) for each in attending],
            "agenda": [{"title": each.title, "note": each.note} for each in queries.list_agenda(sitting.id)],
            "proposals": [_proposal(each) for each in queries.list_proposals(sitting.id)],
            "accords": [_accord(each, zone) for each in accords],
            "annexes": list(_annexes(accords)),
            "written": medium_date(now.astimezone(zone).date(), language=LANGUAGE, timezone=zone),
        }


def _quorum(sitting: Sitting, attending: Iterable[Attending]) -> Json:
    rule = sitting.quorum or queries.quorum_rule(sitting.programme_id)
    counted = queries.quorum_of(sitting, attending)
    seats = counted.seats if sitting.seats is None else sitting.seats
    present = counted.present if sitting.seats_present is None else sitting.seats_present
    return {
        "rule": str(words.QUORUMS[rule]),
        "sentence": str(
            _(
                "Regla de quórum: %(rule)s. Asientos: %(seats)s; se necesitan: %(needed)s. Al inicio: %(present)s.",
                rule=words.QUORUMS[rule],
                seats=seats,
                needed=seats_needed(seats, rule),
                present=n_("un asiento presente", "%(num)s asientos presentes", present),
            )
        ),
    }


def _attending(each: Attending) -> Json:
    kind = each.presence or PresenceKind.ABSENT
    posts = {
        PresenceKind.TITULAR: each.seat.titular_post,
        PresenceKind.ALTERNATE: each.seat.alternate_post,
        PresenceKind.ABSENT: "",
    }
    return {
        "institution": each.seat.institution,
        "seat": str(SEAT_KINDS[each.seat.kind]),
        "presence": str(words.PRESENCES[kind]),
        "post": posts[kind],
        "is_present": kind is not PresenceKind.ABSENT,
    }


def _proposal(each: Proposal) -> Json:
    vote = ""
    if each.state in {ProposalState.APPROVED, ProposalState.REJECTED}:
        vote = str(
            _(
                "A favor: %(favour)s. En contra: %(against)s. Abstenciones: %(abstained)s.",
                favour=each.in_favour,
                against=each.against,
                abstained=each.abstained,
            )
        )
    return {
        "number": each.number,
        "text": each.text,
        "state": str(words.PROPOSALS[each.state]),
        "vote": vote,
    }


def _accord(each: Followed, zone: ZoneInfo) -> Json:
    due = each.row.due_on
    return {
        "number": each.row.number,
        "text": each.row.text,
        "responsible": each.responsible or str(_("Toda la comisión")),
        "due": medium_date(due, language=LANGUAGE, timezone=zone) if due else str(_("sin fecha")),
        "papers": [{"folio": paper.folio, "title": paper.title} for paper in each.papers],
    }


def _annexes(accords: Iterable[Followed]) -> Iterable[dict[str, Any]]:
    for each in accords:
        for paper in each.papers:
            if paper.table is not None:
                yield {"folio": paper.folio, "title": paper.title, "accord": each.row.number, **paper.table}
