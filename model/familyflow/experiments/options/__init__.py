"""Options side by side under the same luck: what they share, how they differ, which is best."""
