"""What can be done with the totals of surveys."""

from lms.core.actors import Permission


class SurveyPermission(Permission):
    """Permissions over the totals of surveys; nobody reads what one person answered."""

    READ = "surveys.read"
    """See what a cohort answered to the surveys of its course, as figures of groups."""
