"""Writes gaussian_nb.json: the probabilities of scikit-learn's GaussianNB.

    python gaussian_nb.py
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.naive_bayes import GaussianNB

random = np.random.default_rng(4)


def data(n, features, classes):
    y = random.integers(0, classes, n)
    x = (random.normal(size=(n, features)) * random.uniform(0.2, 3, size=(classes, features))[y] + y[:, None]) * 10.0 ** np.arange(features)
    return np.array([[float(f"{value:.6g}") for value in row] for row in x]), y


def case(x, y, weights, **params):
    model = GaussianNB(**params).fit(x[:-20], y[:-20], weights)
    return {
        "varSmoothing": params.get("var_smoothing", 1e-9),
        "priors": params.get("priors"),
        "weights": None if weights is None else weights.tolist(),
        "logProbabilities": model.predict_log_proba(x[-20:]).T.tolist(),
    }


def listed(name, x, y, priors):
    weights = random.integers(0, 4, len(y) - 20).astype(float)
    # With weights scikit-learn smooths by the variance without them, so that only next to no smoothing compares.
    cases = [case(x, y, None), case(x, y, None, var_smoothing=0.01), case(x, y, None, priors=priors), case(x, y, weights, var_smoothing=1e-15)]
    return {"name": name, "x": x.tolist(), "y": y.tolist(), "cases": cases}


result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by gaussian_nb.py",
    "data": [listed("two classes", *data(70, 3, 2), [0.9, 0.1]), listed("three classes", *data(80, 4, 3), [0.2, 0.3, 0.5])],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
