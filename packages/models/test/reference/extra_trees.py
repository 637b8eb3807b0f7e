"""Recomputes extra_trees.json, beside this file: what scikit-learn's extremely randomised trees reach on the data of trees.json, over 20 seeds.

    python extra_trees.py

Needs scikit-learn. Its splits are drawn evenly between values; so that they are drawn evenly between the places of values in their order,
the columns are replaced by these.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import log_loss, roc_auc_score

HERE = pathlib.Path(__file__).parent
PARAMS = [{}, {"min_samples_leaf": 3, "criterion": "entropy"}, {"max_depth": 4, "bootstrap": True}]


def spread(values):
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def places(x, train):
    """The place of each value among the distinct ones of training, with edges midway between these."""
    result = np.full(x.shape, np.nan)
    for j, column in enumerate(x.T):
        distinct = np.unique(column[:train][~np.isnan(column[:train])])
        known = ~np.isnan(column)
        result[known, j] = np.searchsorted((distinct[1:] + distinct[:-1]) / 2, column[known])
    return result


def figures(x, y, params):
    half = len(y) // 2
    x = places(x, half)
    aucs, losses = [], []
    for seed in range(20):
        forest = ExtraTreesClassifier(60, random_state=seed, **params).fit(x[:half], y[:half])
        p = forest.predict_proba(x[half:])
        aucs.append(roc_auc_score(y[half:], p[:, 1] if p.shape[1] == 2 else p, multi_class="ovr"))
        # No probability is 0 here: a row that one seed is sure of by mistake would decide the mean.
        losses.append(log_loss(y[half:], 0.99 * p + 0.01 / p.shape[1]))
    return {"params": params, "auc": spread(aucs), "logLoss": spread(losses)}


if __name__ == "__main__":
    data = []
    for each in json.loads((HERE / "trees.json").read_text())["data"]:
        x = np.array([[np.nan if value is None else value for value in row] for row in each["x"]])
        y = np.array(each["y"])
        data.append({"name": each["name"], "forests": [figures(x, y, params) for params in PARAMS]})

    result = {"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by extra_trees.py", "data": data}
    (HERE / "extra_trees.json").write_text(json.dumps(result, indent=1) + "\n")
