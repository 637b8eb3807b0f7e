"""Writes acquisition_profit.json: the profit of acquisition campaigns by empulse on generated scores, with ties and without, and values of the
gamma distribution.

Run: python acquisition_profit.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from empulse import metrics
from scipy.stats import gamma

random = np.random.default_rng(27)


def rows(n, share, digits, strength):
    y = (random.random(n) < share).astype(int)
    y[:2] = [0, 1]
    p = 1 / (1 + np.exp(-(strength * (y - 0.5) + random.normal(-1, 1.2, n))))
    return y, np.round(p, digits)


economics = [
    {"shape": 12.0, "scale": 600.0, "contact": 50.0, "sales": 500.0, "directSelling": 1.0, "commission": 0.1},
    {"shape": 0.7, "scale": 900.0, "contact": 120.0, "sales": 300.0, "directSelling": 0.4, "commission": 0.25},
    {"shape": 3.0, "scale": 40.0, "contact": 30.0, "sales": 20.0, "directSelling": 0.0, "commission": 0.5},
]

cases = []
for name, n, share, digits, strength in [
    ("scores all different", 60, 0.3, 12, 2.0),
    ("scores with ties", 60, 0.4, 1, 1.0),
    ("few that are won", 300, 0.05, 3, 2.5),
]:
    y, p = rows(n, share, digits, strength)
    profits = []
    for e in economics:
        told = {
            "contact_cost": e["contact"],
            "sales_cost": e["sales"],
            "direct_selling": e["directSelling"],
            "commission": e["commission"],
        }
        profits.append(
            {
                **e,
                "expected": metrics.empa_score(y, p, alpha=e["shape"], beta=e["scale"], **told),
                "fixed": metrics.mpa_score(y, p, contribution=e["shape"] * e["scale"], **told),
            }
        )
    cases.append({"name": name, "y": y.tolist(), "p": p.tolist(), "economics": profits})

distributions = [
    {"shape": shape, "x": x, "cdf": gamma.cdf(x, shape)}
    for shape in [0.3, 1, 2.5, 12, 400]
    for x in [1e-6, 0.1, 1, 3, 15, 380, 450]
]

reference = {
    "empulse": version("empulse"),
    "scipy": version("scipy"),
    "cases": cases,
    "distributions": distributions,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")
