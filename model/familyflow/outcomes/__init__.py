"""What happens to children and parents: levels of need and other outcomes, clock by clock."""
