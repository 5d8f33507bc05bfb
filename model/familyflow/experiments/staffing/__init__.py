"""The team against families, waits, cost and savings, every team under the same luck."""
