"""Recomputes boosting.json, beside this file: raw scores of scikit-learn's HistGradientBoostingClassifier.

    python boosting.py

Needs scikit-learn. No column has more distinct values than there are bins, so that both libraries cut them alike.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.ensemble import HistGradientBoostingClassifier

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(7)


def rounded(x, digits):
    return np.round(x, digits)


def two_moons_with_gaps(n):
    x = rng.normal(size=(n, 4))
    y = (x[:, 0] + np.sin(2 * x[:, 1]) + 0.3 * rng.normal(size=n) > 0).astype(int)
    x[rng.random((n, 4)) < 0.15] = np.nan
    # Values that are missing tell something, too.
    x[(y == 1) & (rng.random(n) < 0.3), 2] = np.nan
    return rounded(x, 1), y


def ties(n):
    x = rng.integers(0, 4, size=(n, 5)).astype(float)
    return x, ((x[:, 0] > x[:, 1]) ^ (rng.random(n) < 0.1)).astype(int)


def rare(n):
    x = rounded(rng.normal(size=(n, 3)), 1)
    return x, (x.sum(axis=1) + rng.normal(size=n) > 3.2).astype(int)


def categories(n):
    level = rng.integers(0, 12, size=n)
    x = np.column_stack([level, rounded(rng.normal(size=n), 1)]).astype(float)
    shift = np.array([2, -2, 0, 1, -1, 2, -2, 0, 1, -1, 3, -3])[level]
    y = (shift + x[:, 1] + rng.normal(size=n) > 0).astype(int)
    x[rng.random(n) < 0.1, 0] = np.nan
    return x, y


def sample(data, n, digits):
    rows = rng.permutation(len(data.target))[:n]
    return rounded(data.data[rows], digits), data.target[rows]


def noisy(x, y):
    """Leaves of a single class have gains that are nothing but rounding: no two libraries split them alike."""
    wrong = rng.random(len(y)) < 0.15
    return x, np.where(wrong, (y + 1) % 3, y)


CASES = [
    ("iris with noise", noisy(*load_iris(return_X_y=True)), {"max_leaf_nodes": 4}),
    ("wine with noise", noisy(*sample(load_wine(), 178, 2)), {"max_leaf_nodes": 4}),
    ("breast cancer", tuple(part for part in sample(load_breast_cancer(), 200, 3)), {"l2_regularization": 2.0}),
    ("missing values", two_moons_with_gaps(300), {"min_samples_leaf": 5}),
    ("ties", ties(300), {"max_depth": 3, "learning_rate": 0.3}),
    ("rare class", rare(400), {"min_samples_leaf": 10}),
    ("categories", categories(1500), {"categorical_features": [0], "min_samples_leaf": 5, "max_leaf_nodes": 6}),
    ("weights", ties(200), {"min_samples_leaf": 6, "weighted": True}),
]

cases = []
for name, (x, y), params in CASES:
    x = x[:, :6]
    params = dict(params)
    weights = rng.integers(1, 4, size=len(y)).astype(float) if params.pop("weighted", False) else None
    fixed = {"max_iter": 12, "max_leaf_nodes": 8, "early_stopping": False, **params}
    model = HistGradientBoostingClassifier(**fixed).fit(x, y, sample_weight=weights)
    scores = model.decision_function(x).reshape(len(y), -1)
    cases.append({
        "name": name,
        "params": fixed,
        "x": [[None if np.isnan(v) else float(v) for v in row] for row in x],
        "y": y.tolist(),
        "weights": None if weights is None else weights.tolist(),
        "scores": np.round(scores, 7).T.tolist(),
    })

result = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by boosting.py", "cases": cases}
(HERE / "boosting.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
