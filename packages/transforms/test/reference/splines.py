"""Writes splines.json, beside this file: columns, and what scikit-learn's SplineTransformer makes of them.

    python splines.py

Needs scikit-learn and numpy.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.preprocessing import SplineTransformer

random = np.random.default_rng(9)
columns = {
    "normal": random.normal(size=25),
    "skewed": random.exponential(size=25) * 1e4,
    "counts": np.arange(25) % 7.0,
    "tiny": 3 + random.normal(size=25) * 1e-9,
}
OPTIONS = [
    {},
    {"n_knots": 2},
    {"n_knots": 7, "knots": "quantile", "degree": 2},
    {"n_knots": 4, "degree": 1, "extrapolation": "linear"},
    {"n_knots": 4, "knots": "quantile", "extrapolation": "linear", "include_bias": False},
    {"n_knots": 3, "degree": 4, "extrapolation": "continue"},
]

cases = []
for name, values in columns.items():
    middle, width = np.median(values), np.ptp(values)
    new = [float(middle + share * width) for share in (-3, -1, -0.3, 0, 0.11, 0.4, 1, 2)]
    for options in OPTIONS:
        fitted = SplineTransformer(**options).fit(values[:, None])
        cases.append(
            {
                "column": name,
                "options": {"n_knots": 5, "degree": 3, "knots": "uniform", "extrapolation": "constant", "include_bias": True, **options},
                "names": fitted.get_feature_names_out([name]).tolist(),
                "transformed": fitted.transform(values[:, None]).tolist(),
                "new": new,
                "ofNew": fitted.transform(np.array(new)[:, None]).tolist(),
            }
        )
result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by splines.py",
    "columns": {name: values.tolist() for name, values in columns.items()},
    "cases": cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
