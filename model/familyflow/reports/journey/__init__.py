"""The animated journey of families through the service, in one simulated world, as a page."""
