"""Writes balance.json: standardised mean differences by pandas, and the rank test of scipy, on generated data.

Run: python balance.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import mannwhitneyu

random = np.random.default_rng(27)
N = 80
treated = (random.uniform(size=N) < 0.4).astype(int)
age = (40 + 10 * random.normal(size=N) + 3 * treated).round(1)
age[random.uniform(size=N) < 0.1] = np.nan
plan = np.where(random.uniform(size=N) < 0.3 + 0.2 * treated, "pro", "basic")


def difference(values):
    ofTreated, control = values[treated == 1].dropna(), values[treated == 0].dropna()
    return (ofTreated.mean() - control.mean()) / np.sqrt((ofTreated.var() + control.var()) / 2)


numbers = pd.Series(age)
differences = [
    {"column": "age", "level": None, "difference": difference(numbers)},
    {"column": "plan", "level": "pro", "difference": difference(pd.Series((plan == "pro").astype(float)))},
    {"column": "plan", "level": "basic", "difference": difference(pd.Series((plan == "basic").astype(float)))},
]
scores = random.normal(size=N).round(1) + 0.3 * treated
test = mannwhitneyu(scores[treated == 1], scores[treated == 0], alternative="greater", method="asymptotic", use_continuity=False)
result = {
    "rankTest": {
        "scores": scores.tolist(),
        "treated": treated.tolist(),
        "auc": float(test.statistic / (treated.sum() * (1 - treated).sum())),
        "pValue": float(test.pvalue),
    },
    "balance": {
        "age": [None if np.isnan(each) else each for each in age.tolist()],
        "plan": plan.tolist(),
        "treated": treated.tolist(),
        "differences": differences,
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
