"""Territories as data: countries, their units and what lies below, with the codes that others use for them."""
