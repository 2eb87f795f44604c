"""The seats of a commission on any day: who is a member, who holds a seat, and by which resolution."""
