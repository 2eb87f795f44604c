"""What can be done with the analysis of questions."""

from lms.core.actors import Permission


class AnalysisPermission(Permission):
    """Permissions over how questions performed."""

    READ = "analysis.read"
    """See how each question of a course performed with the people of one's cohorts; never who answered what."""
    PATTERNS = "analysis.read-patterns"
    """See, with names, which attempts of one's cohorts deserve a conversation: a look, with no effect on anybody."""
