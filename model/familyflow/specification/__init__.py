"""What both engines share: the order of the day, the named decisions, the plan, the journal."""
