"""Pages about files on their way in."""
