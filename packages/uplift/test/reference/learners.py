"""Writes learners.json: uplift by meta-learners of causalml and scikit-uplift over linear models of scikit-learn, on generated data.

Run: python learners.py
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from causalml.inference.meta import BaseSRegressor, BaseTRegressor, BaseXRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklift.models import ClassTransformation, SoloModel, TwoModels

warnings.simplefilter("ignore")
random = np.random.default_rng(27)
N = 120
x = random.normal(size=(N, 2)).round(3)
treated = (random.uniform(size=N) < 0.5).astype(int)
target_values = (2 + x[:, 0] + treated * (1 + 2 * x[:, 1]) + random.normal(size=N)).round(3)
stayed = (random.uniform(size=N) < 1 / (1 + np.exp(-x[:, 0] - treated * x[:, 1]))).astype(int)
propensity = np.full(N, 0.4)


def logistic():
    return LogisticRegression(C=1.0, tol=1e-12, max_iter=1000)


def of_causalml(learner, **options):
    return learner.fit_predict(X=x, treatment=treated, y=target_values, **options).ravel().tolist()


result = {
    "scikit-uplift": version("scikit-uplift"),
    "causalml": version("causalml"),
    "a": x[:, 0].tolist(),
    "b": x[:, 1].tolist(),
    "treated": treated.tolist(),
    "amounts": target_values.tolist(),
    "stayed": stayed.tolist(),
    "ofAmounts": {
        "s": of_causalml(BaseSRegressor(LinearRegression(), control_name=0)),
        "t": of_causalml(BaseTRegressor(LinearRegression(), control_name=0)),
        "x": of_causalml(BaseXRegressor(LinearRegression(), control_name=0), p=propensity),
    },
    "ofClasses": {
        "s": SoloModel(logistic()).fit(x, stayed, treated).predict(x).tolist(),
        "t": TwoModels(logistic(), logistic()).fit(x, stayed, treated).predict(x).tolist(),
        "transformation": ClassTransformation(logistic()).fit(x, stayed, treated).predict(x).tolist(),
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
