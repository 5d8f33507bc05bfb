"""Functions of the unit cube whose indices are known."""

import numpy as np

ISHIGAMI_FIRST = [0.3139052, 0.4424111, 0.0]  # a 7, b 0.1
ISHIGAMI_TOTAL = [0.5575889, 0.4424111, 0.2436837]
G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def ishigami(points):
    x = -np.pi + 2 * np.pi * points
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(points):
    return np.prod((np.abs(4 * points - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def g_truth():
    """S1 and ST: each part has the variance 1 / (3 (1 + a)^2) and parts multiply."""
    parts = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    whole = np.prod(1 + parts) - 1
    return parts / whole, parts * np.prod(1 + parts) / (1 + parts) / whole
