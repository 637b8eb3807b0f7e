"""Writes calibration.json: isotonic regressions, Platt scalings and whole calibrations by scikit-learn on small sets.

Run: python calibration.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV, _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

random = np.random.default_rng(0)


def numbers(values):
    return [float(f"{value:.15g}") for value in np.ravel(values)]


def rising(n):
    x = np.round(random.uniform(-2, 2, n), 4)
    return x, np.round(x + random.normal(size=n), 4)


def binary(n, digits):
    scores = np.round(random.normal(size=n), digits)
    return scores, (random.uniform(size=n) < 1 / (1 + np.exp(-1.5 * scores - 0.5))).astype(int)


def weights(n):
    return np.round(random.uniform(0.1, 3, n), 3)


ties = np.round(random.uniform(0, 1, 60), 1)
holes = weights(40) * (random.uniform(size=40) < 0.6)
ISOTONIC = {
    "rising with noise": (*rising(50), None),
    "weighted": (*rising(50), weights(50)),
    "weights of zero": (*rising(40), holes),
    "ties": (ties, np.round(ties + random.normal(size=60) / 2, 3), None),
    "weighted ties": (ties, np.round(ties + random.normal(size=60) / 2, 3), weights(60)),
    "falling": (np.arange(10.0), np.arange(10.0)[::-1], None),
    "one x": (np.full(6, 2.0), np.array([1, 0, 0, 1, 1, 1]), np.arange(1.0, 7)),
    "one point": (np.array([3.0]), np.array([0.25]), None),
    "classes": (*binary(80, 3), None),
    "classes with ties and weights": (*binary(80, 1), weights(80)),
}


def isotonic(name):
    x, y, w = ISOTONIC[name]
    model = IsotonicRegression(out_of_bounds="clip").fit(x, y, w)
    at = np.concatenate([x, np.linspace(x.min() - 1, x.max() + 1, 23)])
    return {
        "name": name,
        "x": numbers(x),
        "y": numbers(y),
        "weights": None if w is None else numbers(w),
        "thresholds": {"x": numbers(model.X_thresholds_), "y": numbers(model.y_thresholds_)},
        "at": numbers(at),
        "values": numbers(model.predict(at)),
    }


far, positive = binary(80, 4)
apart = np.linspace(-3, 3, 40)
PLATT = {
    "overlapping": (*binary(100, 4), None),
    "weighted": (*binary(100, 4), weights(100)),
    "ties": (*binary(90, 0), None),
    "separable": (apart, (apart > 0).astype(int), None),
    "the wrong way round": (-apart, (apart > 0.5).astype(int), weights(40)),
    "constant": (np.full(30, 0.4), (np.arange(30) % 3 == 0).astype(int), None),
    "large and far from zero": (5000 + 800 * far, positive, None),
    "weights of zero": (*binary(40, 4), holes),
}


def platt(name):
    scores, y, w = PLATT[name]
    weight = np.ones(len(y)) if w is None else w
    n1, n0 = weight[y == 1].sum(), weight[y == 0].sum()
    target = np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    centre, scale = scores.mean(), max(scores.std(), 1e-3)
    z = (scores - centre) / scale

    def loss(ab):
        raw = ab[0] * z + ab[1]
        return weight @ (np.logaddexp(0, raw) - target * raw)

    def gradient(ab):
        excess = weight * (1 / (1 + np.exp(-ab[0] * z - ab[1])) - target)
        return np.array([excess @ z, excess.sum()])

    def hessian(ab):
        p = 1 / (1 + np.exp(-ab[0] * z - ab[1]))
        v = weight * p * (1 - p)
        return np.array([[v @ (z * z), v @ z], [v @ z, v.sum()]])

    # scikit-learn stops at a gradient of 1e-6: the minimum itself says more.
    best = minimize(loss, [0, 0], jac=gradient, hess=hessian, method="trust-exact").x
    for _ in range(5):
        best = best - np.linalg.lstsq(hessian(best), gradient(best))[0]
    assert np.abs(gradient(best)).max() < 1e-12, (name, gradient(best))
    theirs = _SigmoidCalibration().fit(scores, y, w)
    return {
        "name": name,
        "scores": numbers(scores),
        "isPositive": y.tolist(),
        "weights": None if w is None else numbers(w),
        "loss": float(loss(best)),
        "probabilities": numbers(1 / (1 + np.exp(-best[0] * z - best[1]))),
        "scikitLearn": numbers(theirs.predict(scores)),
    }


class Columns(ClassifierMixin, BaseEstimator):
    """Learns nothing: its scores are the columns, so that folds do not matter."""

    def fit(self, X, y, sample_weight=None):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        raise NotImplementedError


class Decides(Columns):
    def decision_function(self, X):
        return X[:, 0] if len(self.classes_) == 2 else X


class Chances(Columns):
    def predict_proba(self, X):
        return np.column_stack([1 - X[:, 0], X[:, 0]]) if len(self.classes_) == 2 else X


def shares(n, digits):
    p = random.dirichlet([1, 1, 1], n)
    p[:, 2] = 1 - np.round(p[:, 0], digits) - np.round(p[:, 1], digits)
    return np.round(p, digits)


three = shares(90, 3)
drawn = np.array([random.choice(3, p=p / p.sum()) for p in np.abs(three)])
score, label = binary(80, 1)
chance = np.round(1 / (1 + np.exp(-3 * score)), 3)
WHOLE = {
    "two classes by decisions": (score[:, None], label, None, True),
    "two classes by probabilities": (chance[:, None], label, None, False),
    "two classes, weighted": (score[:, None], label, weights(80), True),
    "three classes by probabilities": (three, drawn, None, False),
    "three classes by decisions": (np.round(np.log(np.abs(three) + 0.01), 3), drawn, None, True),
    "three classes, weighted": (three, drawn, weights(90), False),
    "constant scores": (np.full((80, 1), 0.3), label, None, True),
}


def whole(name, method):
    x, y, w, decides = WHOLE[name]
    model = CalibratedClassifierCV(Decides() if decides else Chances(), method=method, cv=5, ensemble=False).fit(x, y, w)
    return {
        "name": name,
        "method": method,
        "x": x.tolist(),
        "y": y.tolist(),
        "weights": None if w is None else numbers(w),
        "decides": decides,
        "probabilities": [numbers(column) for column in model.predict_proba(x).T],
    }


def listed(items):
    return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in items) + "\n]"


out = Path(__file__).with_suffix(".json")
out.write_text(
    f'{{"scikitLearn":"{sklearn.__version__}","isotonic":{listed(map(isotonic, ISOTONIC))},'
    f'"platt":{listed(map(platt, PLATT))},'
    f'"whole":{listed(whole(name, method) for name in WHOLE for method in ("sigmoid", "isotonic"))}}}\n'
)
print(out.stat().st_size)
