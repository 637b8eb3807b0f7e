"""Writes columns.json: correlations by pandas and variances by scikit-learn, of awkward tables.

    python columns.py

Missing numbers are null.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.feature_selection import VarianceThreshold

warnings.simplefilter("ignore")
random = np.random.default_rng(11)
ROWS = 30
base = random.normal(size=ROWS)
gaps = base + 0.1 * random.normal(size=ROWS)
gaps[[0, 3, 4, 29]] = np.nan
tables = {
    "scales": {"huge": 1e15 * base, "tiny": 1e-6 * (base + 0.5 * random.normal(size=ROWS)), "plain": base**2},
    "missing": {"base": base, "gaps": gaps, "few": np.where(np.arange(ROWS) < 27, np.nan, base), "empty": np.full(ROWS, np.nan)},
    "constant": {"tenth": np.full(ROWS, 0.1), "negative": -np.exp(base), "flat_with_gaps": np.where(np.arange(ROWS) % 2, 7.0, np.nan)},
    "ties": {"ties": random.integers(0, 3, ROWS).astype(float), "binary": (base > 1).astype(float), "offset": 1e6 + base},
    "one_row": {"a": np.array([3.0]), "b": np.array([4.0])},
}


def numbers(values):
    return [None if math.isnan(value) else float(value) for value in values]


def figures(table):
    x = pd.DataFrame(table)
    r = x.corr(min_periods=2)
    variances = {}
    for name in x:
        try:
            variances[name] = float(VarianceThreshold(0.05).fit(x[[name]]).variances_[0])
        except ValueError:  # it does not meet the threshold
            variances[name] = None
    return {
        "columns": {name: numbers(x[name]) for name in x},
        "correlations": {name: dict(zip(x, numbers(r[name]))) for name in x},
        "variances_above": variances,
    }


output = {"versions": {"sklearn": sklearn.__version__, "pandas": pd.__version__}, "tables": {name: figures(t) for name, t in tables.items()}}
Path(__file__).with_name("columns.json").write_text(json.dumps(output, indent=1) + "\n")
