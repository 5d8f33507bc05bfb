"""What was learnt from a service's own records, as a page."""
