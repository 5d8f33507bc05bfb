"""The fast engine: the same families, luck and rules as `service`, compiled, row for row."""
