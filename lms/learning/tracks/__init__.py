"""Changes of sector in a cohort: asked for by the person or their institution, approved by the staff, kept."""
