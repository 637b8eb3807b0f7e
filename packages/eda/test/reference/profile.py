"""Writes profile.json: figures of pandas, numpy and scipy on small awkward data sets and, from summaries alone, on the real file.

Run: CHURN_REAL_DATA=... python profile.py
"""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency
from sklearn.metrics import mutual_info_score, roc_auc_score

PROBABILITIES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]


def plain(value):
    value = float(value)
    return value if np.isfinite(value) else None


def cramers_v(a, b):
    table = pd.crosstab(a, b)
    r, k = table.shape
    if r < 2 or k < 2:
        return None
    n = table.to_numpy().sum()
    phi = chi2_contingency(table, correction=False).statistic / n
    phi = max(0, phi - (r - 1) * (k - 1) / (n - 1))
    smaller = min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
    return float(np.sqrt(phi / smaller)) if smaller > 0 else None


def correlation_ratio(levels, numbers):
    both = pd.DataFrame({"l": levels, "v": numbers}).dropna()
    if both["v"].nunique() < 2:
        return None
    means = both.groupby("l")["v"].transform("mean")
    center = both["v"].mean()
    return float(np.sqrt(((means - center) ** 2).sum() / ((both["v"] - center) ** 2).sum()))


def numeric(column):
    present = column.dropna()
    # Skewness and kurtosis do not depend on the unit; in this one pandas neither overflows nor takes them for 0.
    largest = present.abs().max()
    unit = largest if largest > 1e50 or 0 < largest < 1e-50 else 1.0
    scaled = column / unit
    q1, q3 = scaled.quantile([0.25, 0.75]) * unit
    integers = len(present) > 0 and bool((present == present.round()).all()) and present.abs().max() < 2**53
    counts, edges = ([], [])
    if len(present):
        counts, edges = np.histogram(present.astype("int64") if integers else present / unit, bins="auto")
        edges = edges * (1 if integers else unit)
    return {
        "missing": int(column.isna().sum()),
        "distinct": int(column.nunique()),
        "mean": plain(scaled.mean() * unit),
        "sd": plain(scaled.std() * unit),
        "skew": plain((scaled - scaled.min()).skew()),
        "kurtosis": plain((scaled - scaled.min()).kurt()),
        "quantiles": [plain(column.quantile(p)) for p in PROBABILITIES],
        "below": int((column < q1 - 1.5 * (q3 - q1)).sum()),
        "above": int((column > q3 + 1.5 * (q3 - q1)).sum()),
        "histogram": {"counts": [int(c) for c in counts], "edges": [float(e) for e in edges]},
    }


def category(column):
    counts = column.value_counts()
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:20]
    return {"missing": int(column.isna().sum()), "distinct": int(column.nunique()), "top": [[k, int(v)] for k, v in top]}


def matrix(frame):
    return [[plain(v) for v in row] for row in frame.to_numpy()]


def relation(column, y, is_numeric):
    present = column.notna()
    if is_numeric:
        auc = roc_auc_score(y[present], column[present])
        bins = pd.qcut(column, 10, duplicates="drop") if column.nunique() > 10 else column
    else:
        auc = roc_auc_score(y, y.groupby(column).transform("mean"))
        bins = column
    groups = y.groupby(bins, observed=True).agg(["size", "sum"])
    return {
        "auc": float(auc),
        "mutualInformation": float(mutual_info_score(pd.factorize(bins)[0], y)),
        "bins": sorted([[int(n), int(s)] for n, s in groups.to_numpy()]),
    }


def figures(data):
    numbers = [name for name in data if data[name].dtype.kind in "fi"]
    categories = [name for name in data if name not in numbers]
    x = data[numbers].astype(float)
    units = x.abs().max().map(lambda most: most if most > 1e50 or 0 < most < 1e-50 else 1.0)
    return {
        "duplicates": int(data.duplicated().sum()),
        "numeric": [[name, numeric(x[name])] for name in numbers],
        "category": [[name, category(data[name])] for name in categories],
        "pearson": matrix(((x - x.min()) / units).corr()),
        "spearman": matrix(x.corr(method="spearman")),
        "cramersV": [[cramers_v(data[a], data[b]) for b in categories if b != a] for a in categories],
        "correlationRatio": [[correlation_ratio(data[a], x[b] / units[b]) for b in numbers] for a in categories],
    }


random = np.random.default_rng(3)
size = 300
nan = np.nan
small = {
    "constant": {"a": [4.0] * 9, "b": ["x"] * 9, "c": [0.1] * 8 + [nan]},
    "all missing": {"a": [nan] * 5, "b": [1.0, 2.0, 2.0, 5.0, nan]},
    "one row": {"a": [3.0], "b": ["x"]},
    "ties and gaps": {
        "a": [1.0, 1, 2, 2, 2, nan, 3, 1, 9, 1],
        "b": [2.0, 2, nan, 1, 1, 4, 4, 2, 7, 2],
        "c": ["p", "p", "q", None, "q", "p", "r", "p", "r", "p"],
        "d": ["u", "u", "v", "u", "v", "v", "u", "u", None, "u"],
    },
    "huge and tiny": {
        "huge": (random.normal(size=60) * 1e200).tolist(),
        "tiny": (random.lognormal(size=60) * 1e-200).tolist(),
        "far": (1e9 + np.arange(60) % 7).tolist(),
    },
    "many levels": {
        "level": [f"l{i}" for i in random.integers(0, 80, size)],
        "group": [f"g{i}" for i in random.integers(0, 3, size)],
        "value": random.normal(size=size).round(3).tolist(),
    },
    "names": {
        "__proto__": ["__proto__", "constructor", "__proto__", "toString", "toString", "__proto__"],
        "constructor": [1.0, 2.0, 4.0, 1.0, 3.0, 1.0],
    },
}


def frame_of(columns):
    types = {name: "float64" if any(isinstance(v, float) for v in column) else "object" for name, column in columns.items()}
    return pd.DataFrame({name: pd.Series(column, dtype=types[name]) for name, column in columns.items()})


sets = []
for name, columns in small.items():
    cells = [[key, [None if isinstance(v, float) and np.isnan(v) else v for v in column]] for key, column in columns.items()]
    sets.append({"name": name, "columns": cells, "figures": figures(frame_of(columns))})

data = pd.read_csv(os.environ["CHURN_REAL_DATA"], keep_default_na=False)
y = (data.pop("Attrition_Flag") == "Attrited Customer").astype(int)
identifiers = [name for name in data if name.startswith("Unnamed") or name in ("", "CLIENTNUM")]
ids = [numeric(data[name].astype(float)) for name in identifiers]
data = data.drop(columns=identifiers)
real = figures(data)
real["identifiers"] = ids
real["relations"] = [[name, relation(data[name], y, data[name].dtype.kind in "fi")] for name in data]

Path(__file__).with_name("profile.json").write_text(
    json.dumps({"pandas": pd.__version__, "numpy": np.__version__, "small": sets, "real": real}, allow_nan=False) + "\n"
)
