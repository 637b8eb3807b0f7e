"""Writes amount_metrics.json: metrics of target values as scikit-learn has them, with and without sample weights.

Run: python amount_metrics.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics as m

random = np.random.default_rng(11)

ANY = {
    "r2": m.r2_score,
    "explainedVariance": m.explained_variance_score,
    "d2AbsoluteError": m.d2_absolute_error_score,
    "d2Pinball": m.d2_pinball_score,
    "d2Tweedie": m.d2_tweedie_score,
    "meanSquaredError": m.mean_squared_error,
    "rootMeanSquaredError": m.root_mean_squared_error,
    "meanAbsoluteError": m.mean_absolute_error,
    "medianAbsoluteError": m.median_absolute_error,
    "meanAbsolutePercentageError": m.mean_absolute_percentage_error,
    "meanPinballLoss": m.mean_pinball_loss,
    "meanTweedieDeviance": m.mean_tweedie_deviance,
}
POSITIVE = {
    "meanSquaredLogError": m.mean_squared_log_error,
    "rootMeanSquaredLogError": m.root_mean_squared_log_error,
    "meanPoissonDeviance": m.mean_poisson_deviance,
    "meanGammaDeviance": m.mean_gamma_deviance,
}

cases = []
for name, y, predicted in [
    ("any", random.normal(0, 2, 30), random.normal(0, 2, 30)),
    ("close", np.arange(12.0) + 1, np.arange(12.0) + 1 + random.normal(0, 0.1, 12)),
    ("skewed", random.gamma(1.5, 100, 41), random.gamma(1.5, 100, 41)),
    ("all right", np.arange(5.0) + 1, np.arange(5.0) + 1),
    ("equal values", np.full(4, 3.0), np.array([3.0, 4.0, 3.0, 2.0])),
    ("equal values, all right", np.full(4, 3.0), np.full(4, 3.0)),
]:
    for weight in [None, random.integers(0, 4, len(y)) + 0.5, np.arange(len(y)) % 3.0]:
        kinds = {**ANY, **(POSITIVE if min(y.min(), predicted.min()) > 0 else {})}
        if y.min() == y.max():
            # Here scikit-learn divides by 0.
            del kinds["d2Tweedie"]
        figures = {key: metric(y, predicted, sample_weight=weight) for key, metric in kinds.items()}
        if weight is None:
            figures["maxError"] = m.max_error(y, predicted)
        cases.append(
            {
                "name": name if weight is None else f"{name}, weighted",
                "y": y.tolist(),
                "predicted": predicted.tolist(),
                "sampleWeight": None if weight is None else weight.tolist(),
                "metrics": figures,
            }
        )

y = random.gamma(2, 3, 25)
predicted = random.gamma(2, 3, 25)
weight = random.random(25)
data = {"y": y.tolist(), "predicted": predicted.tolist(), "sampleWeight": weight.tolist()}
pinball = [
    {
        "alpha": alpha,
        **data,
        "meanPinballLoss": m.mean_pinball_loss(y, predicted, alpha=alpha, sample_weight=weight),
        "d2Pinball": m.d2_pinball_score(y, predicted, alpha=alpha, sample_weight=weight),
    }
    for alpha in [0, 0.05, 0.3, 0.9, 1]
]
with_zeros = {**data, "y": [0.0, 0.0, *y.tolist()[2:]]}
tweedie = []
for power in [-1.5, 0, 1, 1.2, 1.5, 2, 2.5, 3]:
    of = with_zeros if power < 2 else data
    w = {"power": power, "sample_weight": weight}
    tweedie.append(
        {
            "power": power,
            **of,
            "meanTweedieDeviance": m.mean_tweedie_deviance(of["y"], predicted, **w),
            "d2Tweedie": m.d2_tweedie_score(of["y"], predicted, **w),
        }
    )

out = {"scikitLearn": sklearn.__version__, "cases": cases, "pinball": pinball, "tweedie": tweedie}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
