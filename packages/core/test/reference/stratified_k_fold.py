"""Writes stratified_k_fold.json: the folds of scikit-learn's StratifiedKFold(shuffle=False).

Run: python stratified_k_fold.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.model_selection import StratifiedKFold

warnings.filterwarnings("ignore", message="The least populated class")
random = np.random.default_rng(0)

targets = {
    "alternating": [0, 1] * 6,
    "second class first": [1, 1, 0, 0, 1, 0, 1, 1, 0, 1],
    "sorted, uneven": [0] * 11 + [1] * 4,
    "three classes in mixed order": [2, 0, 1, 1, 2, 0, 0, 1, 2, 2, 1, 0, 0],
    "a class smaller than the number of folds": [0] * 9 + [1] * 2 + [0] * 4,
    "one class": [0] * 7,
    "random, rare class": random.binomial(1, 0.16, 97).tolist(),
    "random, four classes": random.integers(0, 4, 60).tolist(),
}

cases = []
for name, y in targets.items():
    for n_folds in (2, 3, 5):
        fold = np.empty(len(y), dtype=int)
        for k, (_, test) in enumerate(StratifiedKFold(n_folds).split(np.zeros(len(y)), y)):
            fold[test] = k
        cases.append({"name": name, "y": y, "nFolds": n_folds, "folds": fold.tolist()})

lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
out = Path(__file__).with_suffix(".json")
out.write_text(f'{{"scikitLearn":"{sklearn.__version__}","cases":[\n{lines}\n]}}\n')
