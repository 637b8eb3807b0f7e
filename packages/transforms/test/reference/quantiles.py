"""Writes quantiles.json, beside this file: columns, and what scikit-learn's QuantileTransformer makes of them.

    python quantiles.py

Needs scikit-learn and numpy.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.preprocessing import QuantileTransformer

random = np.random.default_rng(5)
columns = {
    "normal": random.normal(size=60),
    "ties": random.integers(0, 4, 60).astype(float),
    "constant": np.full(60, 7.5),
    "huge": random.normal(size=60) * 1e12,
    "tiny": random.exponential(size=60) * 1e-12,
    "negative": -random.exponential(size=60),
    "missing": np.where(random.random(60) < 0.2, np.nan, random.normal(size=60)),
}
new = np.array([-1e15, -1.0, -0.3, 0.0, 1e-12, 0.5, 2.0, 7.5, 1e15])


def listed(values):
    return [None if np.isnan(value) else float(value) for value in values]


cases = []
for name, values in columns.items():
    for output in ("uniform", "normal"):
        for n_quantiles in (7, 1000):
            fitted = QuantileTransformer(n_quantiles=min(n_quantiles, len(values)), output_distribution=output)
            transformed = fitted.fit_transform(values[:, None])
            cases.append(
                {
                    "column": name,
                    "outputDistribution": output,
                    "nQuantiles": n_quantiles,
                    "transformed": listed(transformed[:, 0]),
                    "new": listed(fitted.transform(new[:, None])[:, 0]),
                    "inverse": listed(fitted.inverse_transform(transformed)[:, 0]),
                }
            )
result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by quantiles.py",
    "columns": {name: listed(values) for name, values in columns.items()},
    "new": new.tolist(),
    "cases": cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
