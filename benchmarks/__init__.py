"""How fast the model is: measured here, never in tests."""
