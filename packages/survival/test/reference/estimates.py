"""Writes estimates.json: what lifelines says of curves and their differences, on durations that are drawn here.

Run: python estimates.py
"""

import json
from pathlib import Path

import lifelines
import numpy as np
from lifelines import KaplanMeierFitter, NelsonAalenFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times, restricted_mean_survival_time

random = np.random.default_rng(0)


def draw(n, ties, truncated, weighted):
    times = random.weibull(1.3, n) * 10
    cut = random.exponential(14, n)
    durations, events = np.minimum(times, cut), (times <= cut).astype(int)
    durations = np.ceil(durations) if ties else np.round(durations, 6)
    # The first rows are there from the start, so that the risk set is never empty.
    entry = np.round(durations * random.uniform(0, 0.9, n), 3) * (np.arange(n) > n // 2) if truncated else None
    weights = random.integers(0, 4, n) if weighted else None
    return durations, events, entry, weights


def listed(values):
    return None if values is None else np.asarray(values, dtype=float).tolist()


def curve(fitter, table, attribute):
    """The curve at the distinct durations."""
    at = table.index[(table["observed"] + table["censored"] > 0)]
    estimate = getattr(fitter, attribute).loc[at].iloc[:, 0]
    bounds = getattr(fitter, "confidence_interval_").loc[at]
    return {"times": listed(at), "estimate": listed(estimate), "lower": listed(bounds.iloc[:, 0]), "upper": listed(bounds.iloc[:, 1])}


cases = []
for name, options in {
    "plain": dict(ties=False, truncated=False, weighted=False),
    "ties": dict(ties=True, truncated=False, weighted=False),
    "truncated": dict(ties=True, truncated=True, weighted=False),
    "weighted": dict(ties=True, truncated=True, weighted=True),
}.items():
    durations, events, entry, weights = draw(80, **options)
    given = dict(event_observed=events, entry=entry, weights=weights)
    km = KaplanMeierFitter(alpha=0.1).fit(durations, **given)
    rough = NelsonAalenFitter(alpha=0.1, nelson_aalen_smoothing=False).fit(durations, **given)
    smooth = NelsonAalenFitter(alpha=0.1, nelson_aalen_smoothing=True).fit(durations, **given)
    bounds = median_survival_times(km.confidence_interval_)
    cases.append(
        {
            "name": name,
            "durations": listed(durations),
            "events": events.tolist(),
            "entry": listed(entry),
            "weights": listed(weights),
            "kaplanMeier": curve(km, km.event_table, "survival_function_"),
            "nelsonAalen": curve(rough, rough.event_table, "cumulative_hazard_"),
            # Its variance without smoothing is another; without ties the smooth one is Aalen's.
            "withoutTies": curve(smooth, smooth.event_table, "cumulative_hazard_") if name == "plain" else None,
            "median": [float(km.median_survival_time_), float(bounds.iloc[0, 0]), float(bounds.iloc[0, 1])],
            "restrictedMean": float(restricted_mean_survival_time(km, t=9.5)),
        }
    )

tests = []
for n_groups in (2, 4):
    durations, events, _, weights = draw(150, ties=True, truncated=False, weighted=True)
    groups = random.integers(0, n_groups, 150)
    durations = durations + groups * (durations > 4)
    for weighting, options in {
        "log-rank": {},
        "wilcoxon": {"weightings": "wilcoxon"},
        "tarone-ware": {"weightings": "tarone-ware"},
        "fleming-harrington": {"weightings": "fleming-harrington", "p": 0.5, "q": 2},
    }.items():
        for w in (None, weights):
            # Its own weights do not reach the survival of Fleming and Harrington.
            times = 1 if w is None else w
            repeated = [np.repeat(each, times) for each in (durations, groups, events)]
            result = multivariate_logrank_test(*repeated, **options)
            tests.append(
                {
                    "weighting": weighting,
                    "durations": listed(durations),
                    "events": events.tolist(),
                    "groups": groups.tolist(),
                    "weights": listed(w),
                    "statistic": float(result.test_statistic),
                    "pValue": float(result.p_value),
                }
            )


def rows(items):
    return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)


Path(__file__).with_suffix(".json").write_text(
    f'{{"lifelines":"{lifelines.__version__}","cases":[\n{rows(cases)}\n],"logRank":[\n{rows(tests)}\n]}}\n'
)
