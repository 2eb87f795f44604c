"""An example plugin: pauses for people who study hard subjects."""
