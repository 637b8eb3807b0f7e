"""Recomputes boosting_regressors.json, beside this file: the errors of scikit-learn's HistGradientBoostingRegressor over 30 seeds.

    python boosting_regressors.py

Needs scikit-learn. The data is that of forest_regressors.json, the first half of which is learned from. Half of the features are drawn at each split.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingRegressor

HERE = pathlib.Path(__file__).parent


def boosting(loss, seed):
    return HistGradientBoostingRegressor(
        loss=loss, max_iter=40, learning_rate=0.1, max_leaf_nodes=12, min_samples_leaf=10,
        max_features=0.5, early_stopping=False, random_state=seed,
    )


def spread(x, y, loss):
    half = len(y) // 2
    errors = []
    for seed in range(30):
        model = boosting(loss, seed).fit(x[:half], y[:half])
        errors.append(np.sqrt(np.mean((model.predict(x[half:]) - y[half:]) ** 2)))
    return {"loss": loss, "rmse": {"mean": float(np.mean(errors)), "sd": float(np.std(errors, ddof=1))}}


if __name__ == "__main__":
    cases = []
    for each in json.loads((HERE / "forest_regressors.json").read_text())["data"]:
        name = each["name"]
        x = np.array([[np.nan if value is None else value for value in row] for row in each["x"]])
        y = np.array(each["y"])
        losses = ["squared_error", "absolute_error"] + (["poisson"] if name == "counts" else [])
        for loss in losses:
            cases.append({"data": name, **spread(x, y, loss)})
    source = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by boosting_regressors.py"
    (HERE / "boosting_regressors.json").write_text(json.dumps({"source": source, "cases": cases}, indent=1) + "\n")
