"""How many people each institution should see trained, by sector and period, with the source of the number."""
