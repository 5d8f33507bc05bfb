"""Loaded before numpy: its matrices are multiplied by one thread in each process of the tests.

The tests run on every processor already. More threads would only wait for one another, at the cost
of as much processor time again.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
