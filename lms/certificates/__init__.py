"""Certificates: designs, issuing and public verification."""
