"""Many points through one pure function: kept as they finish, and taken up again.

It knows nothing of the service. Points stand in blocks; each finished block is a file that proves
itself, and one that is there already is not made again. The bytes are the same for any workers.
"""

from familyflow.experiments.points.evaluate import evaluate_points
from familyflow.experiments.points.points import Evaluate, Evaluated, Points, Quarantined

__all__ = ["Evaluate", "Evaluated", "Points", "Quarantined", "evaluate_points"]
