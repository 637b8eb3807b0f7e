"""Recomputes deep_trees.json, beside this file: scikit-learn's decision trees of many levels, on rows with weights.

    python deep_trees.py

Needs scikit-learn. No column has more than 255 distinct values, so that binned columns offer the same splits as sorted ones. The weights are drawn at
random, so that no two splits are equally good unless they part the rows alike.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_digits
from sklearn.tree import DecisionTreeClassifier

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(12)


def digits(n):
    data = load_digits()
    rows = rng.permutation(len(data.target))[:n]
    # The mean of each two by two points.
    image = data.images[rows].reshape(n, 4, 2, 4, 2).mean(axis=(2, 4))
    return image.reshape(n, 16), data.target[rows]


def waves(n):
    x = np.round(rng.uniform(-1, 1, size=(n, 3)), 2)
    return x, (np.sin(5 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.3 * rng.normal(size=n) > 0).astype(int)


def four(n):
    x = np.round(rng.normal(size=(n, 4)), 1)
    return x, 2 * (x[:, 0] * x[:, 1] > 0) + (x[:, 2] + 0.5 * rng.normal(size=n) > 0)


DATA = {"digits": digits(260), "waves": waves(400), "four classes": four(350)}
PARAMS = [
    {"max_depth": 6, "min_samples_leaf": 6},
    {"max_depth": 12, "min_samples_leaf": 5, "criterion": "entropy"},
    {"min_samples_leaf": 7, "min_samples_split": 25},
]

data = []
for name, (x, y) in DATA.items():
    weight = np.round(rng.uniform(0.2, 3, size=len(y)), 6)
    trees = []
    for params in PARAMS:
        tree = DecisionTreeClassifier(random_state=0, **params).fit(x, y, sample_weight=weight)
        p = tree.predict_proba(x)
        trees.append({
            "params": params,
            "depth": int(tree.get_depth()),
            # Of many classes the probability of the right one.
            "ofOwnClass": np.round(p[np.arange(len(y)), y], 10).tolist(),
            "importances": np.round(tree.feature_importances_, 10).tolist(),
        })
    data.append({"name": name, "x": x.tolist(), "y": y.tolist(), "weight": weight.tolist(), "trees": trees})

result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by deep_trees.py",
    "data": data,
}
(HERE / "deep_trees.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
