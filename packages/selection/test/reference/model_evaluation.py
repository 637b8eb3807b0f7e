"""Writes model_evaluation.json: metrics of target values, Kolmogorov-Smirnov statistics, learning and validation curves and a
permutation test, as scikit-learn and scipy have them.

Run: python model_evaluation.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.stats import ks_2samp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import learning_curve, permutation_test_score, validation_curve
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import check_random_state

random = np.random.default_rng(5)

target_values = []
for name, y, predicted in [
    ("any", random.normal(5, 2, 30), random.normal(5, 2, 30)),
    ("close", np.arange(12.0), np.arange(12.0) + random.normal(0, 0.1, 12)),
    ("all right", np.arange(5.0), np.arange(5.0)),
    ("equal values", np.full(4, 3.0), np.array([3.0, 4.0, 3.0, 2.0])),
    ("equal values, all right", np.full(4, 3.0), np.full(4, 3.0)),
]:
    for weight in [None, random.integers(0, 4, len(y)) + 0.5]:
        w = {"sample_weight": weight}
        target_values.append(
            {
                "name": name if weight is None else f"{name}, weighted",
                "y": y.tolist(),
                "predicted": predicted.tolist(),
                "sampleWeight": None if weight is None else weight.tolist(),
                "r2": r2_score(y, predicted, **w),
                "meanSquaredError": mean_squared_error(y, predicted, **w),
                "meanAbsoluteError": mean_absolute_error(y, predicted, **w),
            }
        )

ks = []
for name, y, scores in [
    ("any", random.binomial(1, 0.4, 50), random.random(50)),
    ("shifted", np.repeat([0, 1], 30), np.concatenate([random.normal(0, 1, 30), random.normal(1, 1, 30)])),
    ("with ties", random.binomial(1, 0.5, 60), random.integers(0, 6, 60) / 5),
    ("turned round", np.repeat([0, 1], 20), np.concatenate([random.random(20) + 2, random.random(20)])),
    ("apart", np.repeat([0, 1], 5), np.arange(10.0)),
    ("constant", np.repeat([0, 1], 5), np.full(10, 0.5)),
]:
    # How far the scores of the positive class lie above those of the other: its distribution function below theirs.
    above = ks_2samp(scores[y == 1], scores[y == 0], alternative="less", method="asymp").statistic
    ks.append({"name": name, "y": y.tolist(), "scores": scores.tolist(), "statistic": above})

n = 90
x = random.normal(size=(n, 3)) * [1, 10, 0.1]
y = (x[:, 0] + x[:, 1] / 10 + random.normal(size=n) > 0.4).astype(int)


def model(C=1.0):
    return make_pipeline(StandardScaler(), LogisticRegression(C=C, tol=1e-10, max_iter=10_000))


sizes, train, test = learning_curve(
    model(), x, y, cv=3, train_sizes=[0.2, 0.5, 1.0], scoring="neg_log_loss"
)
values = [0.01, 0.1, 1.0, 10.0]
v_train, v_test = validation_curve(
    model(), x, y, param_name="logisticregression__C", param_range=values, cv=3, scoring="roc_auc"
)
score, permuted, p_value = permutation_test_score(
    model(), x, y, cv=3, scoring="roc_auc", n_permutations=19, random_state=0
)
same = check_random_state(0)
targets = [y[same.permutation(n)].tolist() for _ in permuted]

out = {
    "scikitLearn": sklearn.__version__,
    "scipy": scipy.__version__,
    "amounts": target_values,
    "ks": ks,
    "x": x.tolist(),
    "y": y.tolist(),
    "learningCurve": {
        "trainSizes": sizes.tolist(),
        "trainLogLoss": (-train).tolist(),
        "testLogLoss": (-test).tolist(),
    },
    "validationCurve": {"C": values, "trainScores": v_train.tolist(), "testScores": v_test.tolist()},
    "permutationTest": {
        "score": score,
        "targets": targets,
        "permutationScores": permuted.tolist(),
        "pValue": p_value,
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":"), allow_nan=False) + "\n")
