"""Writes splitters.json: the test rows of sklearn.model_selection's splitters that draw nothing at random.

Run: python splitters.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    StratifiedGroupKFold,
    StratifiedKFold,
    TimeSeriesSplit,
)

warnings.filterwarnings("ignore")
random = np.random.default_rng(1)


def tests(splitter, n, y=None, groups=None):
    return [test.tolist() for _, test in splitter.split(np.zeros(n), y, groups)]


k_fold = [
    {"n": n, "nSplits": k, "tests": tests(KFold(k), n)}
    for n, k in [(10, 5), (11, 3), (7, 7), (50, 4), (3, 2)]
]

stratified = []
for n, k, classes in [(20, 2, 2), (31, 3, 2), (60, 5, 3), (47, 4, 4), (100, 10, 2)]:
    y = random.permutation(np.concatenate([np.repeat(np.arange(classes), k), random.binomial(classes - 1, 0.3, n - classes * k)]))
    stratified.append({"y": y.tolist(), "nSplits": k, "tests": tests(StratifiedKFold(k), n, y)})

group, stratified_group = [], []
for n, k, groups, classes in [
    (20, 2, 6, 2), (40, 3, 3, 2), (60, 5, 20, 3), (80, 4, 40, 2), (100, 5, 9, 2), (90, 3, 90, 3), (150, 10, 30, 2),
    (60, 4, 12, 1),
]:
    of = np.concatenate([np.arange(groups), random.integers(0, groups, n - groups)])
    of = random.permutation(of)
    y = random.integers(0, classes, n)
    group.append({"groups": of.tolist(), "nSplits": k, "tests": tests(GroupKFold(k), n, None, of)})
    stratified_group.append(
        {
            "y": y.tolist(),
            "groups": of.tolist(),
            "nSplits": k,
            "tests": tests(StratifiedGroupKFold(k), n, y, of),
        }
    )

time_series = []
for n, options in [
    (12, {}),
    (23, {"n_splits": 3}),
    (30, {"n_splits": 4, "gap": 2}),
    (30, {"n_splits": 4, "test_size": 3}),
    (30, {"n_splits": 5, "test_size": 2, "gap": 3, "max_train_size": 7}),
    (17, {"n_splits": 2, "max_train_size": 4}),
    (10, {"n_splits": 3, "test_size": 3}),
]:
    splits = [
        {"train": train.tolist(), "test": test.tolist()}
        for train, test in TimeSeriesSplit(**options).split(np.zeros(n))
    ]
    names = {"n_splits": "nSplits", "gap": "gap", "test_size": "testSize", "max_train_size": "maxTrainSize"}
    time_series.append(
        {"n": n, "options": {names[key]: value for key, value in options.items()}, "splits": splits}
    )

sections = {
    "kFold": k_fold,
    "stratifiedKFold": stratified,
    "groupKFold": group,
    "stratifiedGroupKFold": stratified_group,
    "timeSeriesSplit": time_series,
}
body = ",\n".join(
    f'"{key}":[\n' + ",\n".join(json.dumps(case, separators=(",", ":")) for case in items) + "\n]"
    for key, items in sections.items()
)
Path(__file__).with_suffix(".json").write_text(f'{{"scikitLearn":"{sklearn.__version__}",\n{body}\n}}\n')
