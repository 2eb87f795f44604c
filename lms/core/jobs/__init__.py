"""Jobs: our row is the truth, huey only carries its id."""
