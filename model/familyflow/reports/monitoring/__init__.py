"""A service's first months as a page and as lines for a terminal."""
