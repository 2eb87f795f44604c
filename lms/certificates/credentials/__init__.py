"""What lets others trust a document without asking us: signatures of the file, and Open Badges."""
