"""Writes group_thresholds.json: what fairlearn's `ThresholdOptimizer` reaches under demographic parity and equal opportunity.

    pip install fairlearn==0.15.0
    python group_thresholds.py

Its thresholds are drawn at random between two for each group, so that rates are met exactly: what it reaches is the expectation over these
draws. The data is drawn here and stands in the JSON, probabilities rounded so that some are equal.
"""

import json
from pathlib import Path

import numpy as np
from fairlearn.postprocessing import ThresholdOptimizer
from sklearn.base import BaseEstimator, ClassifierMixin

CONSTRAINTS = {"demographicParity": "demographic_parity", "equalOpportunity": "true_positive_rate_parity"}
OBJECTIVES = {"accuracy": "accuracy_score", "balancedAccuracy": "balanced_accuracy_score"}


class Given(ClassifierMixin, BaseEstimator):
    """Takes its only column for the probability."""

    def fit(self, x, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, x):
        p = np.asarray(x)[:, 0]
        return np.column_stack([1 - p, p])

    def __sklearn_is_fitted__(self):
        return True


def drawn(seed, n, shares, shifts):
    rng = np.random.default_rng(seed)
    groups = rng.choice(len(shares), size=n, p=shares)
    y = (rng.uniform(size=n) < 0.3 + 0.1 * groups).astype(int)
    score = 1.5 * y - 1 + rng.normal(size=n) - np.asarray(shifts)[groups]
    return y, np.round(1 / (1 + np.exp(-score)), 3), groups


def reached(y, called, groups):
    """The objectives, and both rates of each group, by the expected calls."""
    recall, specificity = called[y == 1].mean(), 1 - called[y == 0].mean()
    each = range(groups.max() + 1)
    return {
        "accuracy": float(np.mean(np.where(y == 1, called, 1 - called))),
        "balancedAccuracy": float((recall + specificity) / 2),
        "demographicParity": [float(called[groups == g].mean()) for g in each],
        "equalOpportunity": [float(called[(groups == g) & (y == 1)].mean()) for g in each],
    }


def case(name, *how):
    y, p, groups = drawn(*how)
    found = {}
    for parity, constraint in CONSTRAINTS.items():
        for objective, by in OBJECTIVES.items():
            optimizer = ThresholdOptimizer(
                estimator=Given(), constraints=constraint, objective=by, prefit=True, predict_method="predict_proba"
            )
            x = p.reshape(-1, 1)
            optimizer.fit(x, y, sensitive_features=groups)
            called = optimizer._pmf_predict(x, sensitive_features=groups)[:, 1]
            found[f"{parity} {objective}"] = reached(y, called, groups)
    names = ["north", "south", "west"]
    return {"name": name, "y": y.tolist(), "p": p.tolist(), "groups": [names[g] for g in groups], "found": found}


CASES = [
    case("two groups, one scored too low", 1, 1200, [0.7, 0.3], [0, 0.8]),
    case("three groups", 2, 1500, [0.5, 0.3, 0.2], [0, 0.5, -0.5]),
]
Path(__file__).with_suffix(".json").write_text(json.dumps({"cases": CASES}) + "\n")
