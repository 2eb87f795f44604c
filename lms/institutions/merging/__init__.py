"""Two records of one person become one: candidates, preview, merging, undoing."""
