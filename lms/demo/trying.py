"""A record with which the staff tries things out: in the running cohort, and in no figure."""

from datetime import datetime

from lms.accounts import service as accounts
from lms.core.actors import SYSTEM
from lms.demo.network import Network
from lms.institutions.directory import service as directory
from lms.learning import service as learning
from lms.learning.models import Cohort


def write_trial(network: Network, cohort: Cohort, *, now: datetime) -> None:
    """Enrol somebody who only tries things out in a cohort."""
    person = accounts.register_person(
        given_names="Participante", first_surname="de prueba", second_surname="",
        email="participante.de.prueba@example.org", actor=SYSTEM, now=now,
    )  # fmt: skip
    accounts.change_person(person, values={"is_test": True}, actor=SYSTEM, now=now)
    place = network.bodies["Secretaría de Gobierno"]
    directory.affiliate(person, place, post="Pruebas", starts_on=now.date(), actor=SYSTEM, now=now)
    learning.enrol(cohort, person, actor=SYSTEM, now=now)
