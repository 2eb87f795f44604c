"""Pages of plans: of the person who writes, of the superior with a link, of the focal point."""
