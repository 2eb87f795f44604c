"""What can be done in the directory."""

from lms.core.actors import Permission


class DirectoryPermission(Permission):
    """Permissions over institutions and the people who work in them."""

    READ = "directory.read-institutions"
    """See institutions and their people."""
    MANAGE_INSTITUTIONS = "directory.manage-institutions"
    """Add, change, move and close institutions."""
    MANAGE_PEOPLE = "directory.manage-people"
    """Register people, correct their data, say where they work, invite them."""
    MANAGE_ROLES = "directory.manage-roles"
    """Give and take roles."""
    MERGE_PEOPLE = "directory.merge-people"
    """See possible duplicates, make two records of one person one, and undo that."""
