"""Writes temperature.json: temperature scalings of probabilities by scikit-learn on small sets.

Run: python temperature.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV

random = np.random.default_rng(0)


class Chances(ClassifierMixin, BaseEstimator):
    """Learns nothing: its probabilities are the columns, so that folds do not matter."""

    def fit(self, X, y, sample_weight=None):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        raise NotImplementedError

    def predict_proba(self, X):
        return np.column_stack([1 - X[:, 0], X[:, 0]]) if len(self.classes_) == 2 else X


def numbers(values):
    return [float(f"{value:.15g}") for value in np.ravel(values)]


def two(n, sharpness):
    z = random.normal(size=n)
    y = (random.uniform(size=n) < 1 / (1 + np.exp(-z))).astype(int)
    return np.round(1 / (1 + np.exp(-sharpness * z)), 3).clip(0.005, 0.995)[:, None], y


def three(n, sharpness):
    z = random.normal(size=(n, 3))
    y = (z + random.gumbel(size=(n, 3))).argmax(axis=1)
    p = np.exp(sharpness * z)
    p = (p / p.sum(axis=1, keepdims=True)).round(2).clip(0.01, 0.97)
    p[:, 2] = np.round(1 - p[:, 0] - p[:, 1], 2)
    return p[p[:, 2] > 0], y[p[:, 2] > 0]


SETS = {
    "two classes, too sure": (*two(80, 3), False),
    "two classes, not sure enough, weighted": (*two(80, 0.4), True),
    "three classes, too sure": (*three(120, 2), False),
    "three classes, not sure enough, weighted": (*three(120, 0.5), True),
}


def scaled(name):
    x, y, is_weighted = SETS[name]
    w = np.round(random.uniform(0.1, 3, len(y)), 3) if is_weighted else None
    model = CalibratedClassifierCV(Chances(), method="temperature", cv=5, ensemble=False).fit(x, y, w)
    return {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "weights": None if w is None else numbers(w),
        "probabilities": [numbers(column) for column in model.predict_proba(x).T],
    }


sets = ",\n".join(json.dumps(scaled(name), separators=(",", ":")) for name in SETS)
out = Path(__file__).with_suffix(".json")
out.write_text(f'{{"scikitLearn":"{sklearn.__version__}","sets":[\n{sets}\n]}}\n')
print(out.stat().st_size)
