"""Calls to nominate people for a cohort: places by institution, the list of those who wait, who takes whose place."""
