"""Writes linear_regression.json: coefficients of scikit-learn's linear regressors on diabetes and on generated data.

Run: python linear_regression.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.optimize import root
from sklearn.datasets import load_diabetes
from sklearn.linear_model import (
    ElasticNet,
    GammaRegressor,
    Lasso,
    LinearRegression,
    PoissonRegressor,
    Ridge,
    TweedieRegressor,
)

random = np.random.default_rng(26)


def normal(n, p):
    return np.round(random.normal(size=(n, p)), 3)


def generated(x):
    w = np.where(np.arange(x.shape[1]) % 3 == 0, 2.0, -0.5)
    return np.round(x @ w + 3 + random.normal(size=len(x)), 3)


common = normal(60, 1)
correlated = np.round(common + 0.05 * random.normal(size=(60, 5)), 4)
base = normal(30, 3)
dependent = np.column_stack([base, base[:, 0] + base[:, 1], base[:, 2]])
wide = normal(12, 20)
diabetes = load_diabetes(return_X_y=True, scaled=False)
data = {
    "diabetes": (diabetes[0][:120], diabetes[1][:120]),
    "correlated": (correlated, generated(correlated)),
    "dependent": (dependent, generated(dependent)),
    "wide": (wide, generated(wide)),
    "far from zero": (normal(40, 3) + 1000, generated(normal(40, 3))),
}
EXACT = {"tol": 1e-14, "max_iter": 1_000_000}
squares = [
    ("LinearRegression", LinearRegression, {}),
    ("LinearRegression", LinearRegression, {"fit_intercept": False}),
    ("Ridge", Ridge, {"alpha": 1.0}),
    ("Ridge", Ridge, {"alpha": 0.01, "fit_intercept": False}),
]
sparse = [
    ("Lasso", Lasso, {"alpha": 0.1}),
    ("ElasticNet", ElasticNet, {"alpha": 0.2, "l1_ratio": 0.3}),
    ("ElasticNet", ElasticNet, {"alpha": 0.05, "l1_ratio": 0.7, "fit_intercept": False}),
    ("Lasso", Lasso, {"alpha": 0.1, "positive": True}),
]


def camel(name):
    first, *others = name.split("_")
    return first + "".join(each.title() for each in others)


def case(name, kind, model, options, weights, x, y):
    model.fit(x, y, sample_weight=weights)
    if options.get("power", 0) > 2:
        settle(model, weights, x, y)
    return {
        "data": name,
        "type": kind,
        "options": {camel(key): value for key, value in options.items()},
        "weights": None if weights is None else weights.tolist(),
        "coefficients": np.ravel(model.coef_).tolist(),
        "intercept": float(model.intercept_),
    }


def settle(model, weights, x, y):
    """Takes the gradient to 0 where Newton steps gave way to lbfgs, which stops at a rougher optimum."""
    v = np.ones(len(y)) if weights is None else weights
    design = np.column_stack([x, np.ones(len(y))])

    def gradient(w):
        mean = np.exp(design @ w)
        slope = design.T @ (v * mean ** (1 - model.power) * (mean - y)) / v.sum()
        return slope + model.alpha * np.append(w[:-1], 0)

    w = root(gradient, np.append(model.coef_, model.intercept_), tol=1e-15).x
    model.coef_, model.intercept_ = w[:-1], w[-1]


def weights_of(n):
    return [None, np.round(random.uniform(0.1, 3, n) * (np.arange(n) % 7 != 3), 2)]


cases = []
for name, (x, y) in data.items():
    for weights in weights_of(len(y)):
        for kind, model, options in squares:
            cases.append(case(name, kind, model(**options), options, weights, x, y))
        # Where columns depend on each other, the optimum of a lasso is not one point.
        for kind, model, options in [] if name == "dependent" else sparse:
            # Here scikit-learn's descent does not come near the optimum.
            if name == "far from zero" and not options.get("fit_intercept", True):
                continue
            cases.append(case(name, kind, model(**options, **EXACT), options, weights, x, y))

generalized = [
    ("PoissonRegressor", PoissonRegressor, {"alpha": 0.0}),
    ("PoissonRegressor", PoissonRegressor, {"alpha": 1.0, "fit_intercept": False}),
    ("GammaRegressor", GammaRegressor, {"alpha": 0.1}),
    ("TweedieRegressor", TweedieRegressor, {"power": 1.5, "alpha": 0.5}),
    ("TweedieRegressor", TweedieRegressor, {"power": 3, "alpha": 0.1}),
    ("TweedieRegressor", TweedieRegressor, {"power": 0, "alpha": 0.1}),
    ("TweedieRegressor", TweedieRegressor, {"power": 0, "alpha": 0.1, "link": "log"}),
]
x = normal(80, 4)
rate = np.exp(0.5 + x @ [0.4, -0.3, 0, 0.1])
data["counts"] = (x, random.poisson(rate).astype(float))
data["amounts"] = (x, np.round(random.gamma(2, rate / 2), 3) + 0.001)
for name in ("counts", "amounts"):
    x, y = data[name]
    for weights in weights_of(len(y)):
        for kind, model, options in generalized:
            if name == "counts" and (kind == "GammaRegressor" or options.get("power", 1) >= 2):
                continue
            solver = model(**options, solver="newton-cholesky", tol=1e-12, max_iter=1000)
            cases.append(case(name, kind, solver, options, weights, x, y))

text = {
    "data": [{"name": name, "x": x.tolist(), "y": y.tolist()} for name, (x, y) in data.items()],
    "cases": cases,
}
lines = [
    f'"{key}":[\n' + ",\n".join(json.dumps(each, separators=(",", ":")) for each in value) + "\n]"
    for key, value in text.items()
]
body = ",\n".join([f'"scikitLearn":"{sklearn.__version__}"', *lines])
Path(__file__).with_suffix(".json").write_text("{" + body + "}\n")
