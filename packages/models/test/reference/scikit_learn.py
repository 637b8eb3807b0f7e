"""Writes scikit_learn.json: small data sets, and what scikit-learn's solvers reach on them when they run on to the end.

Run: python scikit_learn.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_iris, make_classification
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import PolynomialFeatures, scale

STRENGTHS = (0.01, 1, 100)
random = np.random.default_rng(0)


def classification(n, p, **options):
    options = {"n_informative": min(p, 3), "n_redundant": 0, "random_state": 1} | options
    return make_classification(n, p, **options)


def duplicate_columns():
    x, y = classification(60, 3, flip_y=0.1)
    return np.hstack([x, x[:, [0, 0, 1]]]), y


def constant_column():
    x, y = classification(60, 3, flip_y=0.1)
    return np.hstack([x, np.full((60, 1), 2.5)]), y


def iris():
    data = load_iris()
    two = data.target > 0
    return data.data[two], (data.target[two] == 2).astype(int)


def breast_cancer():
    data = load_breast_cancer()
    rows = random.choice(len(data.target), 100, replace=False)
    return scale(data.data)[rows], data.target[rows]


def polynomial():
    x, y = classification(80, 4, n_informative=4, flip_y=0.1)
    return scale(PolynomialFeatures(2, include_bias=False).fit_transform(x)), y


def imbalance():
    x = random.normal(size=(300, 3))
    y = np.zeros(300, dtype=int)
    y[np.argsort(x[:, 0] + random.normal(size=300))[-4:]] = 1
    return x, y


DATA = {
    "overlapping classes": lambda: classification(100, 6, flip_y=0.2),
    "redundant columns": lambda: classification(80, 8, n_redundant=4, flip_y=0.1),
    "polynomial columns": polynomial,
    "iris, two classes, as measured": iris,
    "breast cancer, 100 rows, standardised": breast_cancer,
    "more columns than rows": lambda: classification(20, 40, n_informative=5),
    "duplicate columns": duplicate_columns,
    "a constant column": constant_column,
    "separable classes": lambda: classification(30, 3, class_sep=4, n_clusters_per_class=1),
    "four positive rows of 300": imbalance,
}


def objective(x, y, w, b, penalty, C, penalized):
    z = x @ w + b
    loss = np.logaddexp(0, z).sum() - y @ z
    v = np.append(w, b) if penalized else w
    return C * loss + (np.abs(v).sum() if penalty == "l1" else 0.5 * v @ v)


def fits(x, y, penalty, C, intercept):
    """Each solver that fits this objective: its weights, and whether it says that it converged."""
    l1_ratio = 1 if penalty == "l1" else 0
    ones = np.ones((len(y), 1))
    # liblinear penalises its intercept, but as good as not where its column of ones is one of large numbers. saga does
    # not, yet stops early where all coefficients are zero.
    if penalty == "l1":
        solvers = [("liblinear", scaling) for scaling in (1e6, 1e7, 3e7)] + [("saga", 1)]
    else:
        solvers = [("lbfgs", 1), ("newton-cholesky", 1)]
    for solver, intercept_scaling in solvers:
        model = LogisticRegression(
            l1_ratio=l1_ratio,
            C=C,
            solver=solver,
            tol=1e-12,
            max_iter=20_000,
            fit_intercept=intercept == "free",
            intercept_scaling=intercept_scaling,
            random_state=0,
        )
        # A penalised intercept is the coefficient of a column of ones.
        design = np.hstack([x, ones]) if intercept == "penalized" else x
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            model.fit(design, y)
        others = [w for w in caught if not issubclass(w.category, ConvergenceWarning)]
        if others:
            print(solver, penalty, C, intercept, others[0].message)
        w, b = model.coef_[0], model.intercept_[0] if intercept == "free" else 0.0
        if intercept == "penalized":
            w, b = w[:-1], w[-1]
        yield w, float(b), solver, not any(issubclass(w.category, ConvergenceWarning) for w in caught)


def best_fit(x, y, penalty, C, intercept):
    found = [
        (objective(x, y, w, b, penalty, C, intercept == "penalized"), w, b, solver, converged)
        for w, b, solver, converged in fits(x, y, penalty, C, intercept)
    ]
    value, w, b, solver, converged = min(found, key=lambda fit: fit[0])
    fit = {"penalty": penalty, "C": C, "intercept": intercept, "solver": solver}
    fit |= {"converged": converged, "objective": float(value)}
    if penalty == "l2":
        fit |= {"coefficients": [float(f"{c:.12g}") for c in w], "constant": float(f"{b:.12g}")}
    return fit


lines = []
for name, make in DATA.items():
    x, y = make()
    x = np.round(x, 4)
    results = [
        best_fit(x, y, penalty, C, intercept)
        for penalty in ("l1", "l2")
        for C in STRENGTHS
        for intercept in ("none", "free", "penalized")
    ]
    data = {"name": name, "x": x.tolist(), "y": y.tolist(), "fits": results}
    lines.append(json.dumps(data, separators=(",", ":")))
    print(name, x.shape, [f"{r['penalty']} {r['C']} {r['intercept']}" for r in results if not r["converged"]])

body = ",\n".join(lines)
out = Path(__file__).with_suffix(".json")
out.write_text(f'{{"scikitLearn":"{sklearn.__version__}","data":[\n{body}\n]}}\n')
