"""What an answer hangs on: who moves it, by how much, and where it turns.

Read in this order: `factors` (what is varied), `guards` (what must hold before and after SALib),
`tornado` and `switching` (one number at a time), `sobol`, `morris` and `pawn` (all at once).
Every method works on uniforms between 0 and 1, which become values by each number's own quantiles.
Mathematics over arrays only: nothing is simulated or priced here.
"""
