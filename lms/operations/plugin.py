"""Operations join the application."""

from lms.core.actors import Permission, Role
from lms.core.i18n import _l
from lms.core.jobs.messages import JobRetried
from lms.core.text import Text
from lms.operations.permissions import OperationsPermission
from lms.operations.views import bp
from lms.plugins.hooks import hookimpl
from lms.plugins.slices import NavItem, Slice


@hookimpl
def register_slice() -> Slice:
    """Declare the pages of the audit trail and the jobs."""
    return Slice(
        name="operations",
        blueprints=(bp,),
        permissions=OperationsPermission,
        grants={Role.ADMINISTRATOR: frozenset(OperationsPermission)},
        nav=(
            _item(_l("Bitácora"), "operations.audit", "history", OperationsPermission.READ_AUDIT, 80),
            _item(_l("Trabajos"), "operations.job_list", "list-checks", OperationsPermission.MANAGE_JOBS, 90),
        ),
        events=(JobRetried,),
    )


def _item(label: Text, endpoint: str, icon: str, permission: Permission, order: int) -> NavItem:
    return NavItem(
        label=label,
        endpoint=endpoint,
        icon=icon,
        permission=permission,
        audience=Role.ADMINISTRATOR,
        needs_everything=True,
        order=order,
    )
