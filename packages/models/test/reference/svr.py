"""Recomputes svr.json, beside this file: dual objectives and predictions of scikit-learn's SVR.

    python svr.py

Needs scikit-learn. Columns are rounded, so that both libraries start from the same numbers. libsvm keeps kernels in single precision, as this
library does; objectives are those of its coefficients with kernels in double precision.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import make_friedman1
from sklearn.metrics.pairwise import pairwise_kernels
from sklearn.svm import SVR

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(8)


def friedman(n):
    x, y = make_friedman1(n, n_features=6, noise=1.0, random_state=2)
    return np.round((x - 0.5) * 3.4, 2), np.round(y, 3)


def wave(n):
    x = np.round(rng.uniform(-3, 3, (n, 1)), 2)
    return x, np.round(np.sin(2 * x[:, 0]) + 0.1 * rng.normal(size=n), 3)


def outliers(n):
    x = np.round(rng.normal(size=(n, 3)), 2)
    y = x @ [1.0, -2.0, 0.5] + 0.2 * rng.standard_t(1.5, n)
    return x, np.round(y, 3)


def wide():
    x = np.round(rng.normal(size=(20, 40)), 2)
    return x, np.round(x[:, 0] + 0.3 * rng.normal(size=20), 3)


def twice(n):
    x, y = outliers(n)
    return np.vstack([x, x[:10]]), np.concatenate([y, y[:10] + 1])


DATA = {
    "Friedman": friedman(120),
    "a wave": wave(90),
    "outliers": outliers(100),
    "more columns than rows": wide(),
    "rows with two amounts": twice(50),
}
FITS = [
    {"kernel": "rbf", "C": 1.0},
    {"kernel": "rbf", "C": 30.0, "gamma": 0.5, "epsilon": 0.3},
    {"kernel": "linear", "C": 0.3, "epsilon": 0.0},
    {"kernel": "poly", "C": 1.0, "degree": 2, "coef0": 1.0, "gamma": 0.2},
]


def fit(x, y, weight, params):
    model = SVR(tol=1e-10, max_iter=-1, **params).fit(x, y, weight)
    kernel = dict(metric=params["kernel"])
    if params["kernel"] != "linear":
        kernel["gamma"] = model._gamma
    if params["kernel"] == "poly":
        kernel |= dict(degree=params["degree"], coef0=params["coef0"])
    beta = model.dual_coef_[0]
    k = pairwise_kernels(model.support_vectors_, **kernel)
    objective = beta @ k @ beta / 2 + model.epsilon * np.abs(beta).sum() - y[model.support_] @ beta
    return {
        "params": params,
        "isWeighted": weight is not None,
        "nSupport": len(beta),
        "objective": float(objective),
        "amounts": model.predict(x).tolist(),
    }


data = []
for name, (x, y) in DATA.items():
    weight = rng.integers(1, 4, len(y)).astype(float)
    fits = [fit(x, y, w, params) for params in FITS for w in (None, weight)]
    data.append({"name": name, "x": x.tolist(), "y": y.tolist(), "weight": weight.tolist(), "fits": fits})

result = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by svr.py", "data": data}
(HERE / "svr.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
