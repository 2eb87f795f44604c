"""Kinds of question that are not answered with the options of a list: what each makes of the body of its block."""
