"""The cost case of a bid: its form, the scenario that the form writes, and what it then tells."""
