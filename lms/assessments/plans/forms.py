"""The forms of plans: who approves it, what they say, and the filters of the list."""

from wtforms import EmailField, SearchField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from lms.assessments.plans.models import Plan, PlanState
from lms.assessments.plans.rules import LONGEST_COMMENT, Decision, Superior
from lms.assessments.plans.words import STATES
from lms.core.i18n import _, _l
from lms.web.forms import NO_CASES, BaseForm, ChoiceField, TextField, strip

EMAIL = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    message=_l("Escriba un correo con arroba, por ejemplo nombre@institucion.org"),
)


class SuperiorForm(BaseForm):
    """Who approves the plan."""

    name = TextField(
        _l("Nombre de quien la o lo dirige"),
        [DataRequired(_l("Escriba su nombre.")), Length(max=160)],
    )
    post = TextField(_l("Cargo"), [DataRequired(_l("Escriba su cargo.")), Length(max=160)])
    email = EmailField(
        _l("Correo"),
        [DataRequired(_l("Escriba su correo.")), EMAIL, Length(max=254)],
        description=_l("Le llegará un enlace para leer el plan y responder, sin crear una cuenta."),
        filters=[strip],
    )

    def show(self, plan: Plan) -> None:
        """Put the superior of an earlier sending into the form."""
        self.process(
            data={"name": plan.superior_name, "post": plan.superior_post, "email": plan.superior_email}
        )

    @property
    def superior(self) -> Superior:
        """Return who was named."""
        return Superior(
            name=self.name.data or "", post=self.post.data or "", email=(self.email.data or "").lower()
        )


class DecisionForm(BaseForm):
    """What the superior says; each button is one decision."""

    comment = TextAreaField(
        _l("Comentario"),
        [Optional(), Length(max=LONGEST_COMMENT)],
        description=NO_CASES,
        filters=[strip],
    )
    approve = SubmitField(_l("Aprobar el plan"))
    change = SubmitField(_l("Pedir cambios"))

    @property
    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(is_approved=bool(self.approve.data), comment=self.comment.data or "")


class PlanFilter(BaseForm):
    """The filters of the list of plans."""

    class Meta(BaseForm.Meta):
        """A search changes nothing and needs no token."""

        csrf = False

    q = SearchField(_l("Buscar"))
    state = ChoiceField(_l("Estado"))

    def fill(self) -> None:
        """Offer the states."""
        self.state.fill(((state.value, label) for state, label in STATES.items()), empty=_("Todos"))

    @property
    def wanted_state(self) -> str:
        """Return the state that is asked for; empty for what is none of them."""
        return self.state.data if self.state.data in set(PlanState) else ""
