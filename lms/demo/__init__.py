"""The demonstration: Quintana Roo's commission with fictional people and a plausible year of history."""
