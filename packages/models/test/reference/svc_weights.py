"""Recomputes svc_weights.json, beside this file: scikit-learn's SVC with sample weights, sigmoid kernels and probabilities.

    python svc_weights.py

Needs scikit-learn. Both libraries draw the rows that probabilities are calibrated on in their own way, so of these it is the loss on other rows, and how
it varies with what is drawn, that is compared.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.metrics import log_loss
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(31)
warnings.simplefilter("ignore")


def scaled(data, n, columns):
    rows = rng.permutation(len(data.target))[:n]
    return np.round(StandardScaler().fit_transform(data.data[rows][:, :columns]), 2), data.target[rows]


def noise(n):
    x = np.round(rng.normal(size=(n, 3)), 2)
    return x, (x[:, 0] + 0.5 * x[:, 1] * x[:, 2] + 0.7 * rng.normal(size=n) > 0).astype(int)


DATA = {
    "iris": scaled(load_iris(), 120, 4),
    "breast cancer": scaled(load_breast_cancer(), 120, 5),
    "noise": noise(120),
}
FITS = [
    {"weighted": False, "kernel": "sigmoid", "C": 0.5, "gamma": 0.05, "coef0": 0.1},
    {"weighted": True, "kernel": "sigmoid", "C": 1.0, "gamma": 0.02, "coef0": 0.0},
    {"weighted": True, "kernel": "rbf", "C": 1.0, "gamma": "scale"},
    {"weighted": True, "kernel": "linear", "C": 0.5},
    {"weighted": True, "kernel": "rbf", "C": 5.0, "gamma": 0.3, "class_weight": "balanced"},
]

data = []
for name, (x, y) in DATA.items():
    weight = np.round(rng.uniform(0.1, 3, size=len(y)), 4)
    fits = []
    for fit in FITS:
        params = {key: value for key, value in fit.items() if key != "weighted"}
        # Balanced weights are of the numbers of rows there; here the rows weigh what they weigh, so they are told.
        if "class_weight" in params:
            totals = np.bincount(y, weights=weight)
            params["class_weight"] = {k: float(weight.sum() / (len(totals) * total)) for k, total in enumerate(totals)}
        model = SVC(tol=1e-8, decision_function_shape="ovr", **params)
        model.fit(x, y, sample_weight=weight if fit["weighted"] else None)
        decisions = model.decision_function(x[:12]).reshape(12, -1)
        fits.append({"params": fit, "decisions": np.round(decisions, 6).T.tolist()})
    half = len(y) // 2
    losses = []
    for seed in range(20):
        model = SVC(C=1.0, probability=True, random_state=seed).fit(x[:half], y[:half])
        losses.append(log_loss(y[half:], model.predict_proba(x[half:])))
    data.append({
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "weight": weight.tolist(),
        "fits": fits,
        "logLoss": {"mean": float(np.mean(losses)), "sd": float(np.std(losses, ddof=1))},
    })

result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by svc_weights.py",
    "data": data,
}
(HERE / "svc_weights.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
