"""Writes scalers.json, beside this file: awkward columns, and what scikit-learn's scalers make of them.

    python scalers.py

Needs scikit-learn and numpy.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler

random = np.random.default_rng(11)
columns = {
    "normal": random.normal(5, 2, 41),
    "ties": random.integers(0, 3, 41).astype(float),
    "constant": np.full(41, 7.5),
    "huge": random.normal(size=41) * 1e12,
    "tiny": random.exponential(size=41) * 1e-12,
    "negative": -random.exponential(size=41),
    "outliers": np.where(random.random(41) < 0.1, 1e6, random.normal(size=41)),
    "missing": np.where(random.random(41) < 0.3, np.nan, random.normal(size=41)),
    "one row": np.array([3.25]),
}
transformers = {
    "MinMaxScaler": MinMaxScaler(),
    "MinMaxScaler of -1 to 2": MinMaxScaler(feature_range=(-1, 2)),
    "RobustScaler": RobustScaler(),
    "RobustScaler of 10 to 90": RobustScaler(quantile_range=(10, 90)),
    "MaxAbsScaler": MaxAbsScaler(),
    "MedianImputer": SimpleImputer(strategy="median"),
}


def listed(values):
    return [None if np.isnan(value) else float(value) for value in values]


result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by scalers.py",
    "columns": {name: listed(values) for name, values in columns.items()},
    "transformed": {
        label: {name: listed(transformer.fit_transform(values[:, None])[:, 0]) for name, values in columns.items()}
        for label, transformer in transformers.items()
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
