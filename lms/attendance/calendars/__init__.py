"""The meetings of each person in their own calendar: an address to subscribe to and files to keep."""
