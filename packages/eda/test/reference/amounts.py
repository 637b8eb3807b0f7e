"""Writes amounts.json: the relation of single columns to a numeric target, by pandas, scipy, scikit-learn, statsmodels and matplotlib.

Run: python amounts.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from matplotlib.cbook import boxplot_stats
from scipy.stats import pearsonr, spearmanr, t
from sklearn.metrics import mutual_info_score

MAX_LEVELS = 4


def cell(value):
    if isinstance(value, float) and not np.isfinite(value):
        return None if np.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def ranges(column):
    """Deciles as qcut has them, of few values each its own; infinite values in the outer ranges."""
    finite = column[np.isfinite(column)]
    values = np.sort(column.dropna().unique())
    ends = values[:-1] if len(values) <= 10 else np.unique(finite.quantile(np.arange(1, 10) / 10))
    if len(values) > 10:
        ends = ends[ends > finite.min()]
    places = pd.Series(np.searchsorted(ends, column, side="left"), index=column.index)
    return places.where(column.notna(), -1)


def shares(groups, y):
    frame = pd.DataFrame({"g": groups.astype(str), "y": y})
    fit = smf.ols("y ~ C(g)", frame).fit()
    isolated = frame["g"].nunique() == len(frame)
    return {
        "etaSquared": float(fit.rsquared),
        "epsilonSquared": None if isolated else max(0.0, float(fit.rsquared_adj)),
        "mutualInformation": float(mutual_info_score(frame["g"], ranges(y))),
    }


def bins(groups, y, order):
    out = []
    for group in order:
        own = y[groups == group]
        box = boxplot_stats(own.to_numpy())[0]
        n = len(own)
        ends = t.interval(0.95, n - 1, own.mean(), own.std() / np.sqrt(n)) if n > 1 else None
        out.append(
            {
                "rows": n,
                "mean": float(own.mean()),
                "interval": ends and [float(end) for end in ends],
                "box": [float(box[k]) for k in ("whislo", "q1", "med", "q3", "whishi")],
            }
        )
    return out


def numeric(column, y):
    both = np.isfinite(column)
    groups = ranges(column)
    order = [*sorted(set(groups) - {-1}), *([-1] if (groups == -1).any() else [])]
    constant = column[both].nunique() < 2
    return {
        "pearson": None if constant else float(pearsonr(column[both], y[both])[0]),
        "spearman": None if constant else float(spearmanr(column[both], y[both])[0]),
        **shares(groups, y),
        "bins": bins(groups, y, order),
    }


def category(column, y):
    groups = column.fillna("<missing>")
    counts = column.value_counts()
    top = [k for k, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MAX_LEVELS]]
    shown = groups.where(groups.isin([*top, "<missing>"]), "<other>")
    order = [*top, *[g for g in ("<other>", "<missing>") if (shown == g).any()]]
    return {"pearson": None, "spearman": None, **shares(groups, y), "bins": bins(shown, y, order)}


def main():
    rng = np.random.default_rng(26)
    n = 240
    age = np.round(rng.normal(45, 12, n), 1)
    plan = rng.choice(["basic", "plus", "pro"], n, p=[0.6, 0.3, 0.1])
    y = np.round(np.exp(3 + 0.02 * age + 0.5 * (plan == "pro") + 0.6 * rng.normal(size=n)), 2)
    age[rng.random(n) < 0.05] = np.nan
    spend = np.round(y * rng.lognormal(0, 0.3, n), 1)
    spend[3], spend[10] = np.inf, -np.inf
    plan = np.where(rng.random(n) < 0.08, None, plan)
    columns = {
        "age": age,
        "spend": spend,
        "children": rng.integers(0, 4, n).astype(float),
        "constant": np.full(n, 2.0),
        "plan": plan,
        "city": np.array([f"city {k}" for k in rng.zipf(1.6, n) % 30]),
        "id": np.array([f"row {k:03d}" for k in range(n)]),
    }
    target = pd.Series(y)
    relations = []
    for name, values in columns.items():
        relation = category if values.dtype == object or values.dtype.kind == "U" else numeric
        relations.append({"name": name, **relation(pd.Series(values), target)})
    data = {
        "maxLevels": MAX_LEVELS,
        "y": [float(v) for v in y],
        "columns": [[name, [cell(value) for value in values.tolist()]] for name, values in columns.items()],
        "relations": relations,
        "tQuantiles": [[int(d), float(t.ppf(0.975, d))] for d in (1, 2, 5, 30, 31, 40, 100, 1000, 10**6)],
    }
    Path(__file__).with_name("amounts.json").write_text(json.dumps(data) + "\n")


main()
