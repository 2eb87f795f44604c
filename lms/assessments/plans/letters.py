"""E-mails about plans. Of the person's data they tell the name and the course, and nothing else."""

from datetime import datetime

from lms.assessments.plans import rules
from lms.assessments.plans.links import sign_link
from lms.assessments.plans.models import PlanState
from lms.assessments.plans.queries import SentPlan
from lms.core.context import current_mailer
from lms.core.i18n import _, speaking
from lms.core.mail import Message
from lms.core.outbox import post
from lms.web.links import absolute_url


def ask_superior(sent: SentPlan, number: int, *, is_reminder: bool) -> None:
    """Send the superior the link to the plan; in the language of the person who wrote it."""
    plan = sent.plan
    address = absolute_url("plans_superior.read", token=sign_link(plan))
    days = rules.LINK_LIFE.days
    with speaking(sent.person.language):
        subject = (
            _("Recordatorio: un plan espera su respuesta")
            if is_reminder
            else _("Un plan de su equipo espera su respuesta")
        )
        text = _(
            "Buen día, %(superior)s:\n\n%(name)s terminó el curso «%(course)s» y escribió un plan para aplicarlo "
            "en su trabajo. Le pide que lo lea y lo apruebe, o que diga qué conviene mejorar.\n\n"
            "Para leerlo y responder, sin cuenta ni contraseña:\n%(address)s\n\n"
            "El enlace es para usted, vale %(days)s días y deja de servir cuando responda. "
            "Si no dirige a esta persona, puede ignorar este mensaje.\n",
            superior=plan.superior_name, name=sent.person.name, course=sent.course, address=address, days=days,
        )  # fmt: skip
    key = f"plan-{plan.id}-{number}"
    current_mailer().send(Message(to=plan.superior_email, subject=subject, text=text, key=key))


def tell_decision(sent: SentPlan, *, now: datetime) -> None:
    """Write to the person what was said of their plan."""
    person, plan = sent.person, sent.plan
    if not person.email:
        return
    page = absolute_url("plans.own_plan", enrolment_id=sent.enrolment.id, unit_id=sent.attempt.unit_id)
    with speaking(person.language):
        is_approved = plan.state is PlanState.APPROVED
        said = _("Su plan quedó aprobado.") if is_approved else _("Le piden mejorar su plan.")
        text = _(
            "Buen día, %(name)s:\n\n%(said)s\n\nPara leer la respuesta:\n%(page)s\n",
            name=person.given_names, said=said, page=page,
        )  # fmt: skip
    post(Message(to=person.email, subject=said, text=text, key=f"plan-decided-{plan.id}"), now=now)
