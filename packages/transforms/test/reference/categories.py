"""Writes categories.json, the figures that the tests of encoders and binning compare with.

    python categories.py && pnpm exec biome check --write categories.json

Needs scikit-learn, pandas and category_encoders; the file says which versions made it. The columns are synthetic and
awkward on purpose.
"""

import importlib.metadata
import json
import warnings
from pathlib import Path

import category_encoders
import numpy as np
import pandas as pd
import sklearn
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder, TargetEncoder

warnings.filterwarnings("ignore")
ROWS = 90
random = np.random.default_rng(11)
levels = np.array(["low", "high", "a", "B", "é", "rare"], dtype=object)
categories = {
    "constant": np.full(ROWS, "same", dtype=object),
    "skewed": levels[np.minimum(random.geometric(0.4, ROWS) - 1, 5)],
    "binary": levels[random.integers(0, 2, ROWS)],
    "many": np.array([f"level {i}" for i in random.integers(0, 60, ROWS)], dtype=object),
    "unique": np.array([f"row {i}" for i in range(ROWS)], dtype=object),
    "ties": levels[np.arange(ROWS) % 5],
}
two = (random.uniform(size=ROWS) < np.where(categories["skewed"] == "low", 0.15, 0.5)).astype(int)
three = np.where(two == 1, "c", np.where(random.uniform(size=ROWS) < 0.4, "b", "a"))
numbers = {
    "ties": random.integers(0, 4, ROWS).astype(float),
    "mostly_zero": np.where(random.uniform(size=ROWS) < 0.8, 0.0, random.normal(size=ROWS)),
    "skewed": np.exp(2 * random.normal(size=ROWS)),
    "negative": -np.exp(random.normal(size=ROWS)),
    "huge": 1e100 * random.normal(size=ROWS),
    "integers": np.arange(ROWS).astype(float),
    "offset": 1e6 + random.exponential(size=ROWS),
    "one_row": np.array([3.0, 7.0]),
}


def one(values):
    return np.asarray(values).reshape(-1, 1)


def of_levels(values, numbers):
    return dict(sorted(zip(values.tolist(), numbers)))


def targets(values):
    result = []
    for name, y in [("two", two), ("three", three)]:
        for smooth in ["auto", 0.0, 10.0]:
            encoder = TargetEncoder(smooth=smooth).fit(one(values), y)
            result.append(
                {
                    "labels": name,
                    "smoothing": smooth,
                    "numbers": of_levels(values, encoder.transform(one(values)).tolist()),
                }
            )
    return result


def one_hot(values):
    result = []
    for options in [
        {},
        {"drop": "first"},
        {"drop": "if_binary"},
        {"min_frequency": 12},
        {"min_frequency": 0.2},
        {"max_categories": 3},
        {"max_categories": 1},
        {"max_categories": 4, "min_frequency": 5, "drop": "first"},
    ]:
        encoder = OneHotEncoder(sparse_output=False, **options).fit(one(values))
        output = encoder.transform(one(values))
        names = [name[3:] for name in encoder.get_feature_names_out()]
        if len(names) > 20:
            continue
        result.append({"options": options, "names": names, "ones": [np.flatnonzero(c).tolist() for c in output.T]})
    return result


def woe(values):
    frame = pd.DataFrame({"value": values})
    result = []
    for regularization in [1.0, 0.25]:
        encoder = category_encoders.WOEEncoder(cols=["value"], regularization=regularization)
        output = encoder.fit(frame, pd.Series(two)).transform(frame)["value"].tolist()
        result.append({"regularization": regularization, "numbers": of_levels(values, output)})
    return result


def bins(values):
    result = []
    for strategy in ["uniform", "quantile"]:
        for n_bins in [2, 5, 7]:
            binner = KBinsDiscretizer(n_bins, encode="ordinal", strategy=strategy, subsample=None).fit(one(values))
            codes = binner.transform(one(values))
            result.append(
                {
                    "strategy": strategy,
                    "nBins": n_bins,
                    "edges": binner.bin_edges_[0].tolist(),
                    "codes": codes.ravel().astype(int).tolist(),
                    "centers": np.unique(binner.inverse_transform(codes)).tolist(),
                }
            )
    return result


reference = {
    "versions": {
        "scikit-learn": sklearn.__version__,
        "pandas": pd.__version__,
        "category_encoders": importlib.metadata.version("category_encoders"),
    },
    "labels": {"two": two.tolist(), "three": three.tolist()},
    "categories": {
        name: {
            "values": values.tolist(),
            "targets": targets(values) if name != "unique" else [],
            "oneHot": one_hot(values),
            "ordinal": of_levels(values, OrdinalEncoder().fit_transform(one(values)).ravel().tolist()),
            "counts": pd.Series(values).value_counts().sort_index().to_dict(),
            "shares": pd.Series(values).value_counts(normalize=True).sort_index().to_dict(),
            "woe": woe(values),
        }
        for name, values in categories.items()
    },
    "numbers": {name: {"values": values.tolist(), "bins": bins(values)} for name, values in numbers.items()},
}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, allow_nan=False, ensure_ascii=False) + "\n", encoding="utf-8")
