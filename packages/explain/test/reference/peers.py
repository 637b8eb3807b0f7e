"""Partial dependence by scikit-learn, accumulated local effects by PyALE and Kernel SHAP values by shap, for a model that is a formula.

pip install scikit-learn==1.9.1 PyALE==1.2.0 shap==0.51.0
python peers.py > peers.json
"""

import contextlib
import io
import json
import sys

import numpy as np
import pandas as pd
import shap
from PyALE._src.ALE_1D import aleplot_1D_categorical, aleplot_1D_continuous
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.inspection import partial_dependence

EFFECTS = {"basic": -0.5, "plus": 0.0, "pro": 1.0}


class Formula(ClassifierMixin, BaseEstimator):
    """The log-odds are 0.3 a b - 0.5 a + 0.1 b b - 0.2 c + the effect of the plan."""

    def fit(self, x, y):
        self.classes_ = np.array([0, 1])
        self.fitted_ = True
        return self

    def log_odds(self, x):
        a, b, c = (x[name].to_numpy(dtype=float) for name in "abc")
        plan = np.array([EFFECTS[value] for value in x["plan"]])
        return 0.3 * a * b - 0.5 * a + 0.1 * b * b - 0.2 * c + plan

    def predict_proba(self, x):
        p = 1 / (1 + np.exp(-self.log_odds(x)))
        return np.column_stack([1 - p, p])

    def predict(self, x):
        return self.log_odds(x)


class Crossed:
    """The log-odds above, plus an interaction of the levels of c with b."""

    def predict(self, x):
        c = x["c"].astype(str).str.removeprefix("level ").astype(float)
        return model.log_odds(x.assign(c=c)) + (0.3 * x["b"] * (5 * c % 7)).to_numpy()


random = np.random.default_rng(7)
n = 60
x = pd.DataFrame(
    {
        "a": random.normal(size=n).round(3),
        "b": random.normal(size=n).round(3),
        "c": random.integers(0, 6, size=n).astype(float),
        "plan": random.choice(list(EFFECTS), size=n),
    }
)
weights = random.integers(1, 4, size=n).astype(float)
model = Formula().fit(x, np.arange(n) % 2)
grid = {"a": [-1.5, -0.5, 0.0, 0.25, 1.0], "b": [-1.0, 0.0, 2.0]}


def dependence(features, **options):
    found = partial_dependence(
        model, x, features, method="brute", response_method="predict_proba", categorical_features=["plan"], **options
    )
    return {key: np.asarray(found[key][0]).tolist() for key in ("average", "individual") if key in found} | {
        "grid": [list(values) for values in found["grid_values"]]
    }


with contextlib.redirect_stdout(io.StringIO()):
    ale = aleplot_1D_continuous(x, model, "c", grid_size=100, include_CI=False)
    with_levels = x.assign(c=[f"level {value:.0f}" for value in x["c"]], plan=x["plan"].astype("category"))
    ale_of_levels = aleplot_1D_categorical(with_levels, Crossed(), "c", lambda c: c, list(x), include_CI=False)


def kernel_shap(f, rows, background):
    coded = x.assign(plan=x["plan"].map(list(EFFECTS).index).astype(float)).to_numpy()

    def of(values):
        table = pd.DataFrame(values, columns=list("abc") + ["plan"])
        table["plan"] = [list(EFFECTS)[int(code)] for code in table["plan"]]
        return f(table)

    explainer = shap.KernelExplainer(of, coded[:background], link="identity")
    found = explainer.shap_values(coded[rows], nsamples=2**4, l1_reg=False, silent=True)
    return {"baseline": float(explainer.expected_value), "values": np.asarray(found).tolist()}


json.dump(
    {
        "x": {name: x[name].tolist() for name in x},
        "weights": weights.tolist(),
        "grid": grid,
        "dependence": {
            "few": dependence(["c"], kind="average"),
            "given": dependence(["a"], kind="both", custom_values={"a": np.array(grid["a"])}),
            "weighted": dependence(
                ["a"], kind="average", custom_values={"a": np.array(grid["a"])}, sample_weight=weights
            ),
            "pair": dependence(
                ["a", "b"], kind="average", custom_values={name: np.array(values) for name, values in grid.items()}
            ),
            "categories": dependence(["plan"], kind="average"),
        },
        "ale": {
            "grid": [float(value) for value in ale.index],
            "effects": ale["eff"].tolist(),
            "counts": ale["size"].tolist()[1:],
        },
        "aleOfLevels": {
            "levels": list(ale_of_levels.index),
            "effects": ale_of_levels["eff"].tolist(),
            "counts": ale_of_levels["size"].tolist(),
        },
        "kernelShap": {
            "logOdds": kernel_shap(model.log_odds, [20, 21, 22], 10),
            "probability": kernel_shap(lambda table: model.predict_proba(table)[:, 1], [20, 21, 22], 10),
        },
    },
    sys.stdout,
)
print()
