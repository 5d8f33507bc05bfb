"""From parameter values to the frozen plan that an engine runs: the only place that reads both."""
