"""What is told of a finished comparison: its charts, questions, numbers and what is taken away."""
