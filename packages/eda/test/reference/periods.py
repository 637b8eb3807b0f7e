"""Writes periods.json: rows, shares and means by periods of dates, by pandas, statsmodels and scipy.

Run: python periods.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t
from statsmodels.stats.proportion import proportion_confint

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def name(period, stretch):
    if period in ("day", "week"):
        return stretch.start_time.strftime("%Y-%m-%d")
    return {"month": f"{stretch.year}-{stretch.month:02d}", "quarter": f"{stretch.year}-Q{stretch.quarter}", "year": str(stretch.year)}[period]


def figures(dates, positive, target_values, period):
    stretches = pd.to_datetime(dates).dt.to_period(PERIODS[period])
    out = []
    for stretch in pd.period_range(stretches.min(), stretches.max()):
        own = stretches == stretch
        n = int(own.sum())
        share, mean = positive[own].mean(), target_values[own].mean()
        ends = t.interval(0.95, n - 1, mean, target_values[own].std() / np.sqrt(n)) if n > 1 else None
        out.append(
            {
                "time": name(period, stretch),
                "rows": n,
                "share": float(share) if n else None,
                "shareInterval": [float(e) for e in proportion_confint(positive[own].sum(), n, method="wilson")] if n else None,
                "mean": float(mean) if n else None,
                "meanInterval": ends and [float(e) for e in ends],
            }
        )
    return out


def main():
    rng = np.random.default_rng(3)
    n = 150
    days = pd.Timestamp("1969-11-20") + pd.to_timedelta(rng.integers(0, 90, n), unit="D")
    dates = pd.Series([None if k % 25 == 0 else d.strftime("%Y-%m-%d") for k, d in enumerate(days)], dtype=object)
    dates[7] = "1970-01-04T23:59:59Z"
    target_values = pd.Series(np.round(1e6 + 10 * rng.normal(size=n), 2))
    positive = pd.Series(rng.random(n) < 0.3)
    known = dates.notna()
    parsed = pd.to_datetime(dates[known], format="ISO8601", utc=True).dt.tz_localize(None)
    data = {
        "dates": dates.tolist(),
        "amounts": target_values.tolist(),
        "positive": [bool(v) for v in positive],
        "periods": {p: figures(parsed, positive[known], target_values[known], p) for p in PERIODS},
    }
    Path(__file__).with_name("periods.json").write_text(json.dumps(data) + "\n")


main()
