"""Administration of people: their data, where they work, which roles they hold."""
