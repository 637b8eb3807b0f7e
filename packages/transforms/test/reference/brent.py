"""Writes brent.json: where scipy looks at a function on its way to the minimum.

    python brent.py

Needs scipy; the file says which version made it.
"""

import json
import math
from pathlib import Path

import scipy
from scipy.optimize import fminbound

FUNCTIONS = {
    "parabola": (lambda t: (t - 3) ** 2, -100, 50),
    "parabola near a bound": (lambda t: (t - 3) ** 2, 2.999, 50),
    "quartic": (lambda t: (t + 1.7) ** 4 + t, -6, 9),
    "cosh": (lambda t: math.cosh((t - 12) / 20), -60, 60),
    "without a slope": (lambda t: abs(t - 0.3), -1, 1),
    "falls everywhere": (lambda t: -t, 2, 5),
    "rises everywhere": (lambda t: t, 2, 5),
    "flat": (lambda t: 1.0, -3, 4),
    "in steps": (lambda t: math.floor(abs(t - 0.7) * 5), -3, 4),
    "wave": (lambda t: math.sin(3 * t) + 0.1 * t * t, -4, 7),
    "far from 0": (lambda t: (t - 1e6) ** 2 * (1 + 1e-6 * (t - 1e6)), 999_000, 1_001_500),
}


def looked_at(function, lower, upper):
    points = []

    def recorded(t):
        points.append(float(t))
        return function(t)

    fminbound(recorded, lower, upper, xtol=1e-9, maxfun=1999)
    return points


if __name__ == "__main__":
    points = {name: looked_at(*case) for name, case in FUNCTIONS.items()}
    reference = {"versions": {"scipy": scipy.__version__}, "points": points}
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(reference, indent=1) + "\n")
