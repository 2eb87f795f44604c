"""Series of meetings: planned at once around the days on which nobody works, changed or called off together."""
