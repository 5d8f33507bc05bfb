"""The staffing page: its form, and what the teams that were tried bring."""
