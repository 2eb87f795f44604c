"""The tablet at the door: people find their name and tap it; whoever is on no list writes it down."""
