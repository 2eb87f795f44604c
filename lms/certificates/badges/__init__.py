"""Open Badges on the web: the issuer's keys, each badge beside its PDF, and the lists of what was revoked."""
