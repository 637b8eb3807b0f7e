"""Writes density.json: Gaussian kernel densities as scipy.stats.gaussian_kde has them, with Scott's bandwidth.

Each case has its values, the bandwidth, and the densities at 256 points from three bandwidths below the smallest value to three above
the largest. The values of `cubes` are not written down: they are (i / 10007)^3 of the integers i from 0 to 10006.
"""

import json
from pathlib import Path

import numpy as np
from scipy.stats import gaussian_kde

POINTS = 256


def case(values):
    kernel = gaussian_kde(values, bw_method="scott")
    bandwidth = float(np.sqrt(kernel.covariance[0, 0]))
    at = np.linspace(min(values) - 3 * bandwidth, max(values) + 3 * bandwidth, POINTS)
    return {"bandwidth": bandwidth, "densities": kernel(at).tolist()}


random = np.random.default_rng(6)
samples = {
    "few": [1, 2, 2.5, 7],
    "skewed": np.round(random.lognormal(3, 1, 300), 2).tolist(),
    "whole": random.poisson(40, 400).tolist(),
    "far": [1e6 + 0.5, 1e6 + 3.25, 1e6 + 4, 1e6 + 10, 1e6 + 11],
    "small": [-3e-7, 1e-7, 2e-7, 2e-7, 9e-7],
}
reference = {name: {"values": values, **case(values)} for name, values in samples.items()}
reference["cubes"] = case(((np.arange(10007) / 10007) ** 3).tolist())
target = Path(__file__).with_name("density.json")
target.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
