"""The directory of contacts: whom to call where, with its source and the day on which somebody checked it."""
