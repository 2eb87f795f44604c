"""The ``lms`` command."""
