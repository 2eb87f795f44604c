"""What an administrator watches: the audit trail and the jobs."""
