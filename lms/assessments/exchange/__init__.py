"""Questions of other systems: readers and writers of their formats. Knows no database and no page."""
