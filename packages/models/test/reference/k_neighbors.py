"""Writes k_neighbors.json: the probabilities of scikit-learn's KNeighborsClassifier, on rows with and without ties.

Run: python k_neighbors.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier

random = np.random.default_rng(0)
NEIGHBORS = (1, 5, 12)


def data(n, features, classes, whole):
    x = random.normal(size=(n, features)) * 2
    x = np.round(x) if whole else np.round(x, 3)
    y = (np.round(x[:, 0] + random.normal(size=n)).astype(int)) % classes
    return x, y


# By brute force scikit-learn is exact on integers alone, and a tree on all.
DATA = {
    "two classes": (*data(60, 3, 2, False), "kd_tree"),
    "three classes": (*data(60, 4, 3, False), "kd_tree"),
    "ties of distance": (*data(70, 3, 3, True), "brute"),
}


def case(x, y, at, algorithm, k, weights, p):
    model = KNeighborsClassifier(k, weights=weights, p=p, algorithm=algorithm).fit(x, y)
    return {
        "options": {"nNeighbors": k, "weights": weights, "p": p},
        "probabilities": [[float(f"{v:.12g}") for v in column] for column in model.predict_proba(at).T],
        "predicted": model.predict(at).tolist(),
    }


def is_clear(x, point):
    """Whether no row beyond the nearest k is as near as one of them: which of these counts scikit-learn leaves to chance."""
    apart = [np.sort((np.abs(x - point) ** p).sum(axis=1)) for p in (1, 2)]
    return all(sums[k - 1] < sums[k] for sums in apart for k in NEIGHBORS)


def listed(name):
    x, y, algorithm = DATA[name]
    whole = algorithm == "brute"
    at = np.vstack([x[:20], data(2000, x.shape[1], 2, whole)[0]])
    at = np.array([point for point in at if is_clear(x, point)])[:24]
    cases = [
        case(x, y, at, algorithm, k, weights, p)
        for k in NEIGHBORS
        for weights in ("uniform", "distance")
        for p in ((1, 2) if whole else (1, 2, 3.5))
    ]
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases)
    rest = json.dumps({"name": name, "x": x.tolist(), "y": y.tolist(), "at": at.tolist()}, separators=(",", ":"))
    return f'{rest[:-1]},"cases":[\n{lines}\n]}}'


out = Path(__file__).with_suffix(".json")
out.write_text(f'{{"scikitLearn":"{sklearn.__version__}","data":[\n' + ",\n".join(map(listed, DATA)) + "\n]}\n")
