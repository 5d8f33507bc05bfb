"""Calibration of the level-of-need chain to published totals.

`targets` says what is published and how sure, `outputs` what the chain gives of each, `fit` weighs
draws by how near they come, `written` keeps what came of it as beliefs that draws can be made of.
"""
