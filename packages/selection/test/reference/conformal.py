"""Writes conformal.json: intervals of MAPIE by split conformal prediction, CV+, the jackknife+ and conformalised quantiles, about a
model that predicts the mean of the target values and twice the column.

Run: python conformal.py
"""

import json
from pathlib import Path

import mapie
import numpy as np
from mapie.regression import ConformalizedQuantileRegressor, CrossConformalRegressor, SplitConformalRegressor
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.model_selection import KFold, LeaveOneOut

random = np.random.default_rng(26)


class MeanRegressor(RegressorMixin, BaseEstimator):
    def __init__(self, slope=2.0, shift=0.0):
        self.slope = slope
        self.shift = shift

    def fit(self, X, y):
        self.mean_ = np.mean(y)
        return self

    def predict(self, X):
        return self.mean_ + self.shift + self.slope * np.asarray(X)[:, 0]


n = 60
a = random.normal(0, 3, (n, 1))
y = 5 + 2 * a[:, 0] + random.exponential(2, n) * (1 + np.abs(a[:, 0]))
new = random.normal(0, 3, (12, 1))
levels = [0.5, 0.8, 0.9]


def ends(intervals):
    return [{"low": intervals[:, 0, j].tolist(), "high": intervals[:, 1, j].tolist()} for j in range(len(levels))]


cases = {}
for name, cv in [("cross", KFold(5)), ("jackknife", LeaveOneOut())]:
    model = CrossConformalRegressor(MeanRegressor(), confidence_level=levels, method="plus", cv=cv)
    model.fit_conformalize(a, y)
    cases[name] = ends(model.predict_interval(new)[1])

train, held = slice(0, 40), slice(40, n)
split = SplitConformalRegressor(MeanRegressor(), confidence_level=levels, prefit=False)
split.fit(a[train], y[train]).conformalize(a[held], y[held])
cases["split"] = ends(split.predict_interval(new)[1])

quantile = []
for level in levels:
    fitted = [MeanRegressor(shift=shift).fit(a[train], y[train]) for shift in (-3.0, 4.0, 0.0)]
    model = ConformalizedQuantileRegressor(fitted, confidence_level=level, prefit=True)
    model.conformalize(a[held], y[held])
    # One correction for both ends, as in the paper.
    intervals = model.predict_interval(new, symmetric_correction=True)[1]
    quantile.append({"low": intervals[:, 0, 0].tolist(), "high": intervals[:, 1, 0].tolist()})
cases["quantile"] = quantile

out = {
    "mapie": mapie.__version__,
    "a": a[:, 0].tolist(),
    "y": y.tolist(),
    "new": new[:, 0].tolist(),
    "nTrain": 40,
    "levels": levels,
    "cases": cases,
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
