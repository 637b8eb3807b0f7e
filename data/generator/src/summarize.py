"""Writes summary.json: the figures that the generator draws from.

    CHURN_REAL_DATA=path/to/bank_data.csv python3 data/generator/src/summarize.py && pnpm format

Needs pandas and numpy. Either published variant of the Credit Card Customers file will do. Every figure
describes a whole segment of at least MIN_SEGMENT_ROWS customers; no row is written out.
"""

import json
import os
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd

SOURCE = (
    "Aggregate figures of the Credit Card Customers data set (sakshigoyal7, Kaggle), computed by summarize.py. "
    "Segments are k-means clusters of one class; no row of the file is included."
)
TARGET = "Attrition_Flag"
# How many clusters to look for in each class.
CLASS_SEGMENTS = {"Existing Customer": 9, "Attrited Customer": 8}
MIN_SEGMENT_ROWS = 100
SEED = 7

# The columns that the clusters are found on, and how much each counts. Logarithms keep the gaps between groups of
# customers who spend alike, which ranks would close.
SEGMENT_WEIGHTS = {
    "Total_Trans_Amt": 1.5,
    "Total_Trans_Ct": 1.5,
    "Total_Revolving_Bal": 1,
    "Total_Ct_Chng_Q4_Q1": 1,
    "Total_Amt_Chng_Q4_Q1": 1,
    "Total_Relationship_Count": 1,
    "Credit_Limit": 1,
}

# Columns with many values, the decimals they are drawn with, and the values that pile up in them.
CONTINUOUS = {
    "Customer_Age": (0, []),
    "Months_on_book": (0, [36]),
    "Credit_Limit": (0, [1438.3, 34516]),
    "Total_Revolving_Bal": (0, [0, 2517]),
    "Total_Amt_Chng_Q4_Q1": (3, []),
    "Total_Trans_Amt": (0, []),
    "Total_Trans_Ct": (0, []),
    "Total_Ct_Chng_Q4_Q1": (3, []),
}
# Columns with few values. Gender and income are drawn together: few combinations of the two occur.
DISCRETE = [
    ["Dependent_count"],
    ["Total_Relationship_Count"],
    ["Months_Inactive_12_mon"],
    ["Contacts_Count_12_mon"],
    ["Gender", "Income_Category"],
    ["Education_Level"],
    ["Marital_Status"],
    ["Card_Category"],
]
DERIVED = ["Avg_Open_To_Buy", "Avg_Utilization_Ratio"]
PROBABILITIES = [0, 0.01, 0.05, *np.round(np.arange(0.1, 0.91, 0.1), 2), 0.95, 0.99, 1]


def normal_scores(values):
    """Each value's mid-rank as a quantile of the standard normal distribution, scaled to unit variance."""
    ranks = (values.rank() - 0.5) / len(values)
    scores = ranks.map(NormalDist().inv_cdf).to_numpy()
    spread = scores.std()
    return scores / spread if spread > 0 else np.zeros(len(scores))


def segment_points(rows):
    """Where each row lies for the clustering: weighted logarithms of unit variance."""
    logs = np.log1p(rows[list(SEGMENT_WEIGHTS)])
    return ((logs - logs.mean()) / logs.std(ddof=0) * pd.Series(SEGMENT_WEIGHTS)).to_numpy()


def k_means(points, k, random, restarts=10, steps=100):
    """Cluster numbers by Lloyd's algorithm from k-means++ starts; the best of `restarts`."""
    best, labels_of_best = np.inf, None
    for _ in range(restarts):
        centres = points[[random.integers(len(points))]]
        while len(centres) < k:
            nearest = ((points[:, None] - centres) ** 2).sum(2).min(1)
            centres = np.vstack([centres, points[random.choice(len(points), p=nearest / nearest.sum())]])
        for _ in range(steps):
            distances = ((points[:, None] - centres) ** 2).sum(2)
            labels = distances.argmin(1)
            moved = np.array([points[labels == j].mean(0) if (labels == j).any() else centres[j] for j in range(k)])
            if np.allclose(moved, centres):
                break
            centres = moved
        if distances.min(1).sum() < best:
            best, labels_of_best = distances.min(1).sum(), labels
    return labels_of_best


def merge_small(points, labels):
    """Joins each cluster with too few rows to the cluster whose centre is nearest."""
    labels = labels.copy()
    while True:
        names, sizes = np.unique(labels, return_counts=True)
        if sizes.min() >= MIN_SEGMENT_ROWS or len(names) == 1:
            return labels
        small = names[sizes.argmin()]
        centre = points[labels == small].mean(0)
        others = [name for name in names if name != small]
        labels[labels == small] = min(others, key=lambda name: ((points[labels == name].mean(0) - centre) ** 2).sum())


def quantile_knots(values, atoms):
    """The quantile function as points (p, value) to join by straight lines; an atom is a flat piece.

    Without atoms the points lie at PROBABILITIES and `p` is left out.
    """
    values = np.sort(values.to_numpy(float))
    n = len(values)
    knots = []
    flat = []
    for atom in atoms:
        below, upto = np.searchsorted(values, atom), np.searchsorted(values, atom, side="right")
        if upto > below:
            flat.append((below / n, upto / n, atom))
    for p in PROBABILITIES:
        if not any(low <= p <= high for low, high, _ in flat):
            knots.append((p, tidy(np.quantile(values, p), 3 if values[-1] < 100 else 0)))
    for low, high, atom in flat:
        below, above = values[values < atom], values[values > atom]
        if len(below):
            knots.append((low, tidy(below[-1])))
        knots += [(low, atom), (high, atom)]
        if len(above):
            knots.append((high, tidy(above[0])))
    knots.sort()
    described = {"value": [value for _, value in knots]}
    return {"p": [round(p, 3) for p, _ in knots], **described} if flat else described


def tidy(value, decimals=3):
    """A rounded number, without a point if it is whole."""
    short = round(float(value), decimals)
    return int(short) if short == int(short) else short


def correlation(scores):
    """Correlations in percent below the diagonal, row by row, of the nearest matrix that is safely positive definite."""
    sample = scores.T @ scores / len(scores)
    np.fill_diagonal(sample, 1)
    eigenvalues, vectors = np.linalg.eigh(sample)
    repaired = vectors * np.maximum(eigenvalues, 0.02) @ vectors.T
    scale = np.sqrt(np.diag(repaired))
    repaired = np.round(repaired / np.outer(scale, scale), 2)
    np.linalg.cholesky(repaired)
    return [round(100 * r) for r in repaired[np.tril_indices(len(repaired), -1)]]


def share(values, levels):
    """The share of each level."""
    return [round(float(x), 4) for x in values.value_counts(normalize=True).reindex(levels, fill_value=0)]


def figures(data):
    """The mean of each numeric column and the shares of each category's levels."""
    numeric = data.select_dtypes("number").columns
    shares = {name: data[name].value_counts(normalize=True) for name in data.columns if name not in numeric}
    return {
        "means": {name: tidy(data[name].mean(), 4) for name in numeric},
        "shares": {name: {level: tidy(s, 4) for level, s in levels.items()} for name, levels in shares.items()},
    }


def main():
    data = pd.read_csv(os.environ["CHURN_REAL_DATA"])
    random = np.random.default_rng(SEED)

    discrete = []
    keys = {}
    for columns in DISCRETE:
        key = data[columns].apply(tuple, axis=1)
        # Categories have no order of their own; the copula gets them in the order of the credit limit.
        numeric = pd.api.types.is_numeric_dtype(data[columns[0]])
        order = sorted(key.unique()) if numeric else data.Credit_Limit.rank().groupby(key).mean().sort_values().index
        levels = [tuple(x.item() if hasattr(x, "item") else x for x in level) for level in order]
        discrete.append({"columns": columns, "levels": [list(level) for level in levels]})
        keys["|".join(columns)] = key.map({level: code for code, level in enumerate(levels)})
    ranked = pd.concat([data[list(CONTINUOUS)], pd.DataFrame(keys)], axis=1)

    classes = []
    for label, segments in CLASS_SEGMENTS.items():
        rows = ranked[data[TARGET] == label]
        points = segment_points(rows)
        labels = merge_small(points, k_means(points, segments, random))
        described = []
        for name in np.unique(labels):
            part = rows[labels == name]
            described.append(
                {
                    "rows": len(part),
                    "quantiles": {c: quantile_knots(part[c], atoms) for c, (_, atoms) in CONTINUOUS.items()},
                    "shares": {
                        key: share(part[key], range(len(d["levels"]))) for key, d in zip(keys, discrete)
                    },
                    "correlation": correlation(np.column_stack([normal_scores(part[c]) for c in ranked.columns])),
                }
            )
        described.sort(key=lambda segment: -segment["rows"])
        classes.append({"label": label, "rows": len(rows), "segments": described})

    described_columns = [*CONTINUOUS, *[c for columns in DISCRETE for c in columns], *DERIVED]
    numeric = data[described_columns].select_dtypes("number").columns
    summary = {
        "source": SOURCE,
        "rows": len(data),
        "probabilities": [float(p) for p in PROBABILITIES],
        "continuous": [{"column": c, "decimals": decimals} for c, (decimals, _) in CONTINUOUS.items()],
        "discrete": discrete,
        "ranges": {name: [tidy(data[name].min()), tidy(data[name].max())] for name in numeric},
        "overall": figures(data[described_columns]),
        "perClass": {label: figures(data.loc[data[TARGET] == label, described_columns]) for label in CLASS_SEGMENTS},
        "classes": classes,
    }
    Path(__file__).with_name("summary.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
