"""Writes profit.json: profit and cost metrics of empulse on generated scores, with ties and with customers who differ.

Run: python profit.py
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from empulse import metrics
from scipy.stats import beta

# Of thresholds outside of 0 to 1, which are clipped.
warnings.simplefilter("ignore")
random = np.random.default_rng(27)


def rows(n, share, digits, strength):
    y = (random.random(n) < share).astype(int)
    y[:2] = [0, 1]
    p = 1 / (1 + np.exp(-(strength * (y - 0.5) + random.normal(-1, 1.2, n))))
    return y, np.round(p, digits)


def listed(values):
    return np.asarray(values, dtype=float).tolist()


economics = [
    {"value": 200.0, "offer": 10.0, "contact": 1.0, "alpha": 6.0, "beta": 14.0},
    {"value": 60.0, "offer": 25.0, "contact": 2.0, "alpha": 1.0, "beta": 1.0},
    {"value": 1000.0, "offer": 90.0, "contact": 5.0, "alpha": 0.5, "beta": 2.5},
    {"value": 40.0, "offer": 2.0, "contact": 0.5, "alpha": 2.0, "beta": 30.0},
]

alike = []
for name, n, share, digits, strength in [
    ("scores all different", 60, 0.3, 12, 2.0),
    ("scores with ties", 60, 0.4, 1, 1.0),
    ("rare churners", 300, 0.05, 3, 2.5),
    ("a model that is wrong", 50, 0.5, 6, -1.5),
]:
    y, p = rows(n, share, digits, strength)
    profits = []
    for e in economics:
        fixed = {"clv": e["value"], "incentive_cost": e["offer"], "contact_cost": e["contact"]}
        drawn = {**fixed, "alpha": e["alpha"], "beta": e["beta"]}
        accepted = {**fixed, "accept_rate": e["alpha"] / (e["alpha"] + e["beta"])}
        profits.append(
            {
                **e,
                "expected": metrics.empc_score(y, p, **drawn),
                "expectedShare": metrics.empc_score.optimal_rate(y, p, **drawn),
                "fixed": metrics.mpc_score(y, p, **accepted),
                "fixedShare": metrics.mpc_score.optimal_rate(y, p, **accepted),
            }
        )
    alike.append({"name": name, "y": y.tolist(), "p": listed(p), "economics": profits})

y, p = rows(80, 0.35, 2, 1.5)
value = np.round(random.gamma(2, 100, 80), 2)
fraction, contact, a, b = 0.05, 15.0, 6.0, 14.0
accepted = {"accept_rate": a / (a + b), "clv": value, "incentive_fraction": fraction, "contact_cost": contact}
costs = {
    name: np.round(random.gamma(1.5, scale, 80), 2)
    for name, scale in [("falsePositive", 2), ("falseNegative", 9), ("truePositive", 1), ("trueNegative", 0.3)]
}
# No customer is cheaper to call wrong: empulse clips a threshold that nobody reaches to 0.
costs["falsePositive"] += costs["trueNegative"]
costs["falseNegative"] += costs["truePositive"]
named = {
    "fp_cost": costs["falsePositive"],
    "fn_cost": costs["falseNegative"],
    "tp_cost": costs["truePositive"],
    "tn_cost": costs["trueNegative"],
}
predicted = (p >= 0.4).astype(int)
different = {
    "y": y.tolist(),
    "p": listed(p),
    "value": listed(value),
    "fraction": fraction,
    "contact": contact,
    "alpha": a,
    "beta": b,
    "maximumProfit": metrics.empb_score(y, p, clv=value, alpha=a, beta=b, incentive_fraction=fraction, contact_cost=contact),
    "expectedChurnCost": metrics.expected_cost_loss_churn(y, p, **accepted),
    "churnThresholds": listed(metrics.expected_cost_loss_churn.optimal_threshold(y, p, **accepted)),
    "costs": {name: listed(each) for name, each in costs.items()},
    "predicted": predicted.tolist(),
    "averageCost": metrics.cost_loss(y, predicted, normalize=True, **named),
    "expectedCost": metrics.expected_cost_loss(y, p, **named),
    "savings": metrics.savings_score(y, predicted, **named),
    "expectedSavings": metrics.expected_savings_score(y, p, **named),
    "thresholds": listed(metrics.expected_cost_loss.optimal_threshold(y, p, **named)),
}

shapes = [(6, 14), (0.5, 2.5), (1, 1), (300, 2), (40, 4000)]
distributions = [
    {"alpha": a, "beta": b, "x": x, "cdf": beta.cdf(x, a, b)}
    for a, b in shapes
    for x in [1e-6, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999]
]

reference = {
    "empulse": version("empulse"),
    "scipy": version("scipy"),
    "alike": alike,
    "different": different,
    "distributions": distributions,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(reference) + "\n")
