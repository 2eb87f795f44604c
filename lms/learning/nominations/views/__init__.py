"""Pages of calls and nominations: of the institutions that nominate, and of the staff that decides."""
