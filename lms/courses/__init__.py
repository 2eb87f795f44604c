"""Courses: folders of Markdown that become immutable releases."""
