"""Recomputes trees.json, beside this file: scikit-learn's decision trees, and the spread of its forests.

    python trees.py

Needs scikit-learn. No column has more than 255 distinct values, so that binned columns offer the same splits as sorted ones. Trees are compared
where the best splits are all better than any other, which is so in these cases.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(21)


def sample(data, n, columns, digits):
    rows = rng.permutation(len(data.target))[:n]
    return np.round(data.data[rows][:, columns], digits), data.target[rows]


def gaps(n):
    x = np.round(rng.normal(size=(n, 3)), 2)
    y = (x[:, 0] - x[:, 1] + 0.5 * rng.normal(size=n) > 0).astype(int)
    x[(y == 1) & (rng.random(n) < 0.3), 0] = np.nan
    x[rng.random(n) < 0.1, 2] = np.nan
    return x, y


def ties(n):
    x = rng.integers(0, 5, size=(n, 4)).astype(float)
    return x, ((x[:, 0] + x[:, 1] > 4) ^ (rng.random(n) < 0.15)).astype(int)


def imbalanced(n):
    x = np.round(rng.normal(size=(n, 3)), 2)
    return x, (x[:, 0] + x[:, 1] + 0.5 * rng.normal(size=n) > 2.6).astype(int)


DATA = {
    "iris": sample(load_iris(), 150, [0, 1, 2, 3], 1),
    "wine": sample(load_wine(), 178, [0, 1, 2, 3, 4], 2),
    # Radius, perimeter and area would part the rows alike.
    "breast cancer": sample(load_breast_cancer(), 160, [1, 4, 5, 6, 7], 4),
    "missing values": gaps(220),
    "ties": ties(200),
    "imbalanced": imbalanced(250),
}
PARAMS = [
    {"max_depth": 1},
    {"max_depth": 2, "criterion": "entropy"},
    {"max_depth": 2, "min_samples_leaf": 15},
    {"max_depth": 2, "class_weight": "balanced"},
]


def listed(x):
    return [[None if np.isnan(value) else float(value) for value in row] for row in x]


data = []
for name, (x, y) in DATA.items():
    trees = []
    for params in PARAMS:
        tree = DecisionTreeClassifier(random_state=0, **params).fit(x, y)
        trees.append({
            "params": params,
            "probabilities": np.round(tree.predict_proba(x), 10).T.tolist(),
            "importances": np.round(tree.feature_importances_, 10).tolist(),
        })
    half = len(y) // 2
    scores = []
    for seed in range(20):
        forest = RandomForestClassifier(60, random_state=seed).fit(x[:half], y[:half])
        p = forest.predict_proba(x[half:])
        scores.append(roc_auc_score(y[half:], p[:, 1] if p.shape[1] == 2 else p, multi_class="ovr"))
    data.append({
        "name": name,
        "x": listed(x),
        "y": y.tolist(),
        "trees": trees,
        "forestAuc": {"mean": float(np.mean(scores)), "sd": float(np.std(scores, ddof=1))},
    })

result = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by trees.py", "data": data}
(HERE / "trees.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
