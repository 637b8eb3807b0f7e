"""Recomputes svc.json, beside this file: dual objectives and decisions of scikit-learn's SVC.

    python svc.py

Needs scikit-learn. Columns are scaled here and rounded, so that both libraries start from the same numbers.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(3)


def scaled(data, n, columns=6):
    rows = rng.permutation(len(data.target))[:n]
    return np.round(StandardScaler().fit_transform(data.data[rows][:, :columns]), 2), data.target[rows]


def noise(n):
    x = np.round(rng.normal(size=(n, 3)), 2)
    return x, (x[:, 0] * x[:, 1] + 0.5 * rng.normal(size=n) > 0).astype(int)


def rare(n):
    x = np.round(rng.normal(size=(n, 4)), 2)
    return x, (x.sum(axis=1) > 4.2).astype(int)


def wide():
    x = np.round(rng.normal(size=(20, 40)), 2)
    return x, np.arange(20) % 2


def twice(n):
    x, y = noise(n)
    # Equal rows with opposite labels.
    return np.vstack([x, x[:10]]), np.concatenate([y, 1 - y[:10]])


DATA = {
    "iris": scaled(load_iris(), 90, 4),
    "wine": scaled(load_wine(), 80),
    "breast cancer": scaled(load_breast_cancer(), 100),
    "digits": scaled(load_digits(n_class=4), 60, 12),
    "noise": noise(90),
    "rare class": rare(200),
    "more columns than rows": wide(),
    "rows with both labels": twice(50),
    "one column": (noise(60)[0][:, :1], noise(60)[1]),
}
FITS = [
    {"kernel": "rbf", "C": 1.0},
    {"kernel": "rbf", "C": 100.0, "gamma": 0.5},
    {"kernel": "linear", "C": 0.3},
    {"kernel": "poly", "C": 2.0, "degree": 2, "coef0": 1.0, "gamma": "auto"},
    {"kernel": "rbf", "C": 3.0, "class_weight": "balanced"},
]


def objective(model, x, y):
    """Half the quadratic form less the sum of the coefficients, of two classes."""
    signed = np.zeros(len(y))
    signed[model.support_] = model.dual_coef_[0]
    gamma = model._gamma
    products = x @ x.T
    if model.kernel == "rbf":
        squares = np.diag(products)
        kernel = np.exp(-gamma * (squares[:, None] + squares[None, :] - 2 * products))
    elif model.kernel == "poly":
        kernel = (gamma * products + model.coef0) ** model.degree
    else:
        kernel = products
    return float(0.5 * signed @ kernel @ signed - np.abs(signed).sum())


data = []
for name, (x, y) in DATA.items():
    fits = []
    for params in FITS:
        model = SVC(tol=1e-8, decision_function_shape="ovr", **params).fit(x, y)
        fits.append({
            "params": params,
            "nSupport": int(model.n_support_.sum()),
            "objective": objective(model, x, y) if len(model.classes_) == 2 else None,
            "decisions": np.round(model.decision_function(x[:12]).reshape(12, -1), 6).T.tolist(),
        })
    data.append({"name": name, "x": x.tolist(), "y": y.tolist(), "fits": fits})

result = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by svc.py", "data": data}
(HERE / "svc.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
