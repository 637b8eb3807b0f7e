"""Writes dummy_regressor.json: what scikit-learn's DummyRegressor predicts, with and without sample weights.

Run: python dummy_regressor.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.dummy import DummyRegressor

random = np.random.default_rng(0)
STRATEGIES = [
    {"strategy": "mean"},
    {"strategy": "median"},
    *({"strategy": "quantile", "quantile": q} for q in (0, 0.1, 0.25, 0.5, 0.9, 1)),
    {"strategy": "constant", "constant": 2.5},
]
target_values = {
    "odd": np.round(random.lognormal(3, 1, 21), 2),
    "even": np.round(random.lognormal(3, 1, 30), 2),
    "ties": np.round(random.normal(size=40)),
    "one": np.array([7.25]),
}


def weights(n):
    return np.round(random.uniform(0, 3, n) * (random.uniform(size=n) < 0.8), 2) + (np.arange(n) == 0)


cases = []
for name, y in target_values.items():
    for w in (None, weights(len(y)), np.ones(len(y))):
        for strategy in STRATEGIES:
            model = DummyRegressor(**strategy).fit(np.zeros((len(y), 1)), y, w)
            cases.append(
                {
                    "name": name,
                    "y": y.tolist(),
                    "weights": None if w is None else w.tolist(),
                    "options": strategy,
                    "amount": float(model.predict([[0]])[0]),
                }
            )

lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
Path(__file__).with_suffix(".json").write_text(f'{{"scikitLearn":"{sklearn.__version__}","cases":[\n{lines}\n]}}\n')
