"""What better numbers would be worth: perfect, partial and sample information.

Read in this order: `basis` (columns made of the sampled parameters), `smoothing` (quantities
without the chance of one simulation), `spread`, `perfect`, `partial`, and `study`, `sample` and
`worth` for a study. Mathematics over arrays only: nothing is simulated or priced here.
"""
