"""Who takes part: institutions, their people, and the programmes that join them."""
