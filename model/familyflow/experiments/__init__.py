"""Runs of the model: draws, replications, prices and the answer."""
