"""The charts of comparisons, of staffing and of knowing more: each file draws one and words it."""
