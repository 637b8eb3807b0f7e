"""The figures of src/profile.ts with pandas, numpy, scipy and scikit-learn. Takes the data file; prints its figures as JSON."""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency
from sklearn.metrics import mutual_info_score, roc_auc_score

TIMES = 100
PROBABILITIES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]
data = pd.read_csv(sys.argv[1])
data = pd.concat([data] * TIMES, ignore_index=True)
churned = (data.pop("Attrition_Flag") == "Attrited Customer").astype(int)
x = data.drop(columns=[name for name in ("Unnamed: 0", "CLIENTNUM") if name in data])
numbers = list(x.select_dtypes("number"))
categories = [name for name in x if name not in numbers]
# As in the table that ours is given, levels are coded already and numbers are floats.
x = x.astype({name: "category" for name in categories} | {name: "float64" for name in numbers})


def cramers_v(a, b):
    table = pd.crosstab(a, b)
    (r, k), n = table.shape, table.to_numpy().sum()
    phi = chi2_contingency(table, correction=False).statistic / n
    phi = max(0, phi - (r - 1) * (k - 1) / (n - 1))
    return np.sqrt(phi / (min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1))


def wilson(successes, n, z=1.959963984540054):
    share, square = successes / n, z * z / n
    reach = z * np.sqrt(share * (1 - share) / n + square / (4 * n))
    return (share + square / 2 - reach) / (1 + square), (share + square / 2 + reach) / (1 + square)


def rates(groups):
    table = churned.groupby(groups, observed=True).agg(["size", "sum"])
    wilson(table["sum"], table["size"])
    mutual_info_score(groups.cat.codes if groups.dtype == "category" else groups, churned)
    return table["sum"] / table["size"]


started = time.perf_counter()
for name in numbers:
    column = x[name]
    column.isna().sum(), np.isinf(column).sum(), column.nunique(), (column == column.round()).all()
    column.mean(), column.std(), column.skew(), column.kurt()
    column.quantile(PROBABILITIES)
    q1, q3 = column.quantile([0.25, 0.75])
    (column < q1 - 1.5 * (q3 - q1)).sum(), (column > q3 + 1.5 * (q3 - q1)).sum()
    np.histogram(column, bins="auto" if (column.max() - column.min()) < 1e6 else 100)
    roc_auc_score(churned, column)
    rates(pd.qcut(column, 10, duplicates="drop") if column.nunique() > 10 else column)
for name in categories:
    column = x[name]
    column.isna().sum(), column.value_counts()
    roc_auc_score(churned, column.map(rates(column)).astype(float))
x[numbers].corr()
x[numbers].rank().corr()
for i, a in enumerate(categories):
    for b in categories[:i]:
        cramers_v(x[a], x[b])
    for b in numbers:
        groups = x[b].groupby(x[a], observed=True).agg(["mean", "size"])
        np.sqrt((groups["size"] * (groups["mean"] - x[b].mean()) ** 2).sum() / ((x[b] - x[b].mean()) ** 2).sum())
duplicates = int(x.duplicated().sum())
seconds = time.perf_counter() - started

print(
    json.dumps(
        {
            "rows": len(x),
            "duplicateRows": duplicates,
            "profile, seconds": seconds,
            "peak memory, megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
