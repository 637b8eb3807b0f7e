"""Recomputes forest_regressors.json, beside this file: scikit-learn's regression trees, and the spread of its forests over 30 seeds.

    python forest_regressors.py

Needs scikit-learn. No column has more than 255 distinct values, so that binned columns offer the same splits as sorted ones. Trees are compared
where the best splits are all better than any other: where twenty seeds give the same tree. Extremely randomised trees learn from the places of values
in their order, between which their splits are drawn evenly here, where scikit-learn draws them evenly between values.
"""
import json
import pathlib

import numpy as np
import sklearn
from extra_trees import places
from sklearn.datasets import make_friedman1
from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(26)


def friedman(n):
    x, y = make_friedman1(n, n_features=8, noise=1.0, random_state=1)
    return np.round(x, 2), np.round(y, 4)


def housing(n):
    """Prices of districts: by income, age, crowding and place, with a long tail that is cut off, like those of California."""
    income = np.round(rng.lognormal(1.2, 0.45, n), 1)
    age = np.round(rng.uniform(1, 52, n))
    crowding = np.round(np.exp(rng.normal(1, 0.25, n)), 1)
    north, east = np.round(rng.normal(size=(2, n)), 1)
    coast = np.exp(-np.abs(north + east))
    price = 0.4 * income + 0.01 * age * coast - 0.15 * crowding + 1.5 * coast * np.sqrt(income)
    price *= np.exp(0.2 * rng.normal(size=n))
    return np.column_stack([income, age, crowding, north, east]), np.round(np.clip(price, 0.15, 5), 3)


def counts(n):
    x = np.round(rng.normal(size=(n, 4)), 1)
    return x, rng.poisson(np.exp(0.3 + 0.6 * x[:, 0] - 0.4 * x[:, 1] * (x[:, 2] > 0))).astype(float)


def gaps(n):
    x = np.round(rng.normal(size=(n, 4)), 2)
    y = np.round(3 * x[:, 0] + x[:, 1] ** 2 + rng.normal(size=n), 3)
    x[(y > 1) & (rng.random(n) < 0.3), 0] = np.nan
    x[rng.random(n) < 0.1, 2] = np.nan
    return x, y


DATA = {"Friedman": friedman(400), "housing": housing(500), "counts": counts(400), "gaps": gaps(300)}
TREES = [
    {"max_depth": 1},
    {"max_depth": 2, "min_samples_leaf": 15},
    {"max_depth": 7, "min_samples_leaf": 8},
    {"min_samples_leaf": 6, "min_samples_split": 30},
]
FORESTS = [{}, {"max_features": 0.4, "min_samples_leaf": 3}, {"max_depth": 4, "bootstrap": False, "max_features": 0.5}]


def tree(x, y, weight, params):
    models = [DecisionTreeRegressor(random_state=seed, **params).fit(x, y, weight) for seed in range(20)]
    model = models[0]
    if np.ptp([each.predict(x) for each in models], axis=0).max() > 1e-9:
        return None
    return {
        "params": params,
        "isWeighted": weight is not None,
        "depth": model.get_depth(),
        "amounts": np.round(model.predict(x), 10).tolist(),
        "importances": np.round(model.feature_importances_, 10).tolist(),
    }


def spread(of, x, y, params):
    half = len(y) // 2
    x = places(x, half) if of is ExtraTreesRegressor else x
    errors = []
    for seed in range(30):
        model = of(40, random_state=seed, n_jobs=2, **params).fit(x[:half], y[:half])
        errors.append(np.sqrt(np.mean((model.predict(x[half:]) - y[half:]) ** 2)))
    return {
        "model": of.__name__,
        "params": params,
        "rmse": {"mean": float(np.mean(errors)), "sd": float(np.std(errors, ddof=1))},
    }


def listed(x):
    return [[None if np.isnan(value) else float(value) for value in row] for row in x]


if __name__ == "__main__":
    data = []
    for name, (x, y) in DATA.items():
        weight = rng.integers(0, 4, len(y)).astype(float)
        trees = [tree(x, y, w, params) for params in TREES for w in (None, weight)]
        if name == "counts":
            trees += [tree(x, y, w, {**params, "criterion": "poisson"}) for params in TREES[1:] for w in (None, weight)]
        forests = [spread(of, x, y, params) for of in (RandomForestRegressor, ExtraTreesRegressor) for params in FORESTS]
        if name == "counts":
            forests.append(spread(RandomForestRegressor, x, y, {"criterion": "poisson", "min_samples_leaf": 5}))
        data.append({"name": name, "x": listed(x), "y": y.tolist(), "weight": weight.tolist(), "trees": [each for each in trees if each], "forests": forests})
    source = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by forest_regressors.py"
    (HERE / "forest_regressors.json").write_text(json.dumps({"source": source, "data": data}, separators=(",", ":")) + "\n")
