"""Writes scikit_learn.json, the figures that the tests of this package compare with.

    python scikit_learn.py && pnpm exec biome check --write scikit_learn.json

Needs scikit-learn, SciPy and pandas; the file says which versions made it. The columns are synthetic and awkward on
purpose. Missing numbers are null.
"""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import PolynomialFeatures, PowerTransformer, StandardScaler, TargetEncoder

ROWS = 60
random = np.random.default_rng(7)
normal = lambda: random.normal(size=ROWS)
gaps = np.exp(normal())
gaps[[0, 7, 8, 30, 59]] = np.nan

columns = {
    "constant": np.full(ROWS, 0.1),
    "ties": random.integers(0, 4, ROWS).astype(float),
    "zeros_and_ones": (random.uniform(size=ROWS) < 0.15).astype(float),
    "skewed": np.exp(2 * normal()),
    "negative": -np.exp(normal()),
    "both_signs": normal() ** 3,
    "offset": 1e6 + np.exp(normal()),
    "huge": 1e100 * np.exp(normal()),
    "tiny": 1e-6 * random.exponential(size=ROWS),
    "gaps": gaps,
}
levels = np.array(["low", "high", "a", "B", "é", "rare"], dtype=object)
category = levels[np.minimum(random.geometric(0.35, ROWS) - 1, 5)]
churned = (random.uniform(size=ROWS) < np.where(category == "low", 0.2, 0.5)).astype(int)


def one(values):
    return values.reshape(-1, 1)


def numbers(values):
    return [None if math.isnan(value) else float(value) for value in np.ravel(values)]


def figures(values):
    scaler = StandardScaler().fit(one(values))
    power = PowerTransformer(standardize=False).fit(one(values))
    return {
        "values": numbers(values),
        "mean": float(SimpleImputer().fit(one(values)).statistics_[0]),
        "mode": float(SimpleImputer(strategy="most_frequent").fit(one(values)).statistics_[0]),
        "skew": numbers(pd.Series(values).skew())[0],
        "scale": float(scaler.scale_[0]),
        "scaled": numbers(scaler.transform(one(values))),
        "lambda": float(power.lambdas_[0]),
        "powered": numbers(power.transform(one(values))),
        "powered_and_scaled": numbers(PowerTransformer().fit_transform(one(values))),
    }


def polynomial(degree, interaction_only, include_bias):
    rows = np.array([[2.0, -3.0, 0.5], [0.1, 7.0, -1e3]])
    transformer = PolynomialFeatures(degree, interaction_only=interaction_only, include_bias=include_bias)
    output = transformer.fit_transform(rows)
    return {
        "degree": degree,
        "interactionOnly": interaction_only,
        "includeBias": include_bias,
        "rows": rows.tolist(),
        "names": transformer.get_feature_names_out(["a", "b", "c"]).tolist(),
        "output": output.tolist(),
    }


def target_encoding(smooth):
    encoder = TargetEncoder(smooth=smooth, target_type="binary").fit(one(category), churned)
    return {
        "smoothing": smooth,
        "prior": float(encoder.target_mean_),
        "ratios": dict(zip(encoder.categories_[0].tolist(), encoder.encodings_[0].tolist())),
        "out_of_fold": numbers(
            TargetEncoder(smooth=smooth, target_type="binary", cv=4, shuffle=False).fit_transform(one(category), churned)
        ),
    }


reference = {
    "versions": {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "pandas": pd.__version__},
    "columns": {name: figures(values) for name, values in columns.items()},
    "category": {
        "values": category.tolist(),
        "labels": churned.tolist(),
        "mode": str(pd.Series(category).mode()[0]),
        "encodings": [target_encoding(smooth) for smooth in [0.0, 10.0]],
    },
    "polynomials": [
        polynomial(2, False, False),
        polynomial(3, False, True),
        polynomial(3, True, False),
    ],
}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, indent=2, allow_nan=False, ensure_ascii=False) + "\n", encoding="utf-8")
