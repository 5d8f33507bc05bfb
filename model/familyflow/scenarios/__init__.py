"""What could be chosen: scenario files, laid over the parameters."""
