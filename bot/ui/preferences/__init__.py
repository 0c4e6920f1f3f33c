"""What members set for themselves: a private panel, and presets."""
