"""What we believe: numbers read from YAML with their units, doubt and sources, and their draws."""
