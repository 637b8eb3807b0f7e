"""Writes logistic_regression.json: what scikit-learn reaches with elastic nets, weights and more than two classes.

saga stops early where all coefficients are zero; there scipy's L-BFGS-B, on positive and negative parts, goes on.

Run: python logistic_regression.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy.optimize import minimize
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine, make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import scale

warnings.simplefilter("ignore")
random = np.random.default_rng(0)


def some(data, rows, columns=slice(None)):
    x = np.asarray(data.data, dtype=float)[:, columns]
    taken = random.choice(len(x), rows, replace=False)
    return scale(x[taken]), data.target[taken]


def imbalance():
    x = random.normal(size=(120, 3))
    y = np.zeros(120, dtype=int)
    order = np.argsort(x[:, 0] + random.normal(size=120))
    y[order[-3:]] = 1
    y[order[:20]] = 2
    return x, y


def constant():
    x, y = make_classification(60, 3, n_informative=3, n_redundant=0, n_classes=3, random_state=1)
    return np.hstack([x, np.full((60, 1), 2.5)]), y


def duplicates():
    x, y = make_classification(30, 3, n_informative=3, n_redundant=0, random_state=2, flip_y=0.2)
    return np.vstack([x, x]), np.append(y, y)


wide = {"n_informative": 5, "n_classes": 3, "random_state": 3}
one = {"n_informative": 1, "n_redundant": 0, "n_clusters_per_class": 1, "flip_y": 0.3, "random_state": 4}
DATA = {
    "iris": some(load_iris(), 90),
    "wine": some(load_wine(), 80),
    "breast cancer": some(load_breast_cancer(), 70, slice(0, 10)),
    "digits": some(load_digits(), 80, [10, 20, 21, 28, 34, 36, 42, 43, 53, 60]),
    "imbalance": imbalance(),
    "a constant column": constant(),
    "duplicate rows": duplicates(),
    "more columns than rows": make_classification(20, 30, **wide),
    "one feature": make_classification(60, 1, **one),
}
PENALTIES = [("l2", 0), ("l1", 1), ("elasticnet", 0.3)]


def objective(x, y, weights, w, b, ratio, C):
    z = x @ w.T + b
    if len(w) == 1:
        loss = weights @ (np.logaddexp(0, z[:, 0]) - y * z[:, 0])
    else:
        loss = weights @ (np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])
    return C * loss + ratio * np.abs(w).sum() + 0.5 * (1 - ratio) * (w**2).sum()


def split_minimum(x, y, weights, shape, ratio, C):
    """The minimum over the positive and the negative parts of the coefficients, where the penalty is smooth."""
    k, p = shape
    flat = k * p

    def both(v):
        w, b = (v[:flat] - v[flat : 2 * flat]).reshape(k, p), v[2 * flat :]
        z = x @ w.T + b
        if k == 1:
            r = (1 / (1 + np.exp(-z[:, 0])) - y)[:, None]
        else:
            r = np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])
            r[np.arange(len(y)), y] -= 1
        r = C * weights[:, None] * r
        smooth = (r.T @ x + (1 - ratio) * w).ravel()
        value = objective(x, y, weights, w, b, 0, C) - 0.5 * (w**2).sum()
        value += 0.5 * (1 - ratio) * (w**2).sum() + ratio * v[: 2 * flat].sum()
        return value, np.concatenate([smooth + ratio, ratio - smooth, r.sum(axis=0)])

    bounds = [(0, None)] * (2 * flat) + [(None, None)] * k
    how = {"maxiter": 50_000, "maxfun": 100_000, "ftol": 1e-16, "gtol": 1e-10}
    v = minimize(both, np.zeros(2 * flat + k), jac=True, method="L-BFGS-B", bounds=bounds, options=how).x
    return (v[:flat] - v[flat : 2 * flat]).reshape(k, p), v[2 * flat :]


def fit(x, y, penalty, ratio, C, weighted, balanced):
    sample = np.where(np.arange(len(y)) % 3 == 0, 2.5, 1.0) if weighted else np.ones(len(y))
    solver = "lbfgs" if ratio == 0 else "saga"
    model = LogisticRegression(
        l1_ratio=ratio,
        C=C,
        solver=solver,
        tol=1e-10,
        max_iter=30_000,
        class_weight="balanced" if balanced else None,
        random_state=0,
    ).fit(x, y, sample)
    totals = np.bincount(y, sample)
    weights = sample * (sample.sum() / (len(totals) * totals))[y] if balanced else sample
    value = objective(x, y, weights, model.coef_, model.intercept_, ratio, C)
    if ratio > 0:
        w, b = split_minimum(x, y, weights, model.coef_.shape, ratio, C)
        other = objective(x, y, weights, w, b, ratio, C)
        if other < value * (1 - 1e-9):
            value, solver, model.coef_, model.intercept_ = other, "L-BFGS-B", w, b
    probabilities = model.predict_proba(x[:5])
    return {
        "solver": solver,
        "penalty": penalty,
        "l1Ratio": ratio,
        "C": C,
        "weighted": weighted,
        "balanced": balanced,
        "objective": float(value),
        "probabilities": [[float(f"{p:.8g}") for p in row] for row in probabilities],
    }


lines = []
for name, (x, y) in DATA.items():
    x = np.round(x, 3)
    fits = [
        fit(x, y, penalty, ratio, C, weighted, balanced)
        for penalty, ratio in PENALTIES
        for C, weighted, balanced in [(0.1, False, True), (1, True, False)]
    ]
    data = {"name": name, "x": x.tolist(), "y": y.tolist(), "fits": fits}
    lines.append(json.dumps(data, separators=(",", ":")))
    print(name, x.shape, flush=True)

body = ",\n".join(lines)
out = Path(__file__).with_suffix(".json")
out.write_text(f'{{"scikitLearn":"{sklearn.__version__}","data":[\n{body}\n]}}\n')
