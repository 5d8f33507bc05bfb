"""The level-of-need chain of a named authority, from published figures.

`figures` reads them, `measured` finds each where it is known (the authority, its region, England),
`chain` makes the model's numbers of them, `written` the parameter file.
"""
