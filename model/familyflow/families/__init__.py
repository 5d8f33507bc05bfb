"""Who is referred: families, their children and needs, each with its own luck."""
