"""Factories: one module per slice, one ``make_x`` per entity, all through the slice's own service."""
