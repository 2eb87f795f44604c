"""Pages of the directory: what everybody reads, and what those who keep it use."""
