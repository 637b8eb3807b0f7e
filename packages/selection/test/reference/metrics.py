"""Writes metrics.json: figures of sklearn.metrics on small targets, with ties and constant scores among them.

Run: python metrics.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

random = np.random.default_rng(0)


def rows(n, share):
    y = random.binomial(1, share, n)
    y[:2] = [0, 1]
    return y


cases = []
for name, y, scores in [
    ("four rows", [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    ("perfect", [0, 1, 0, 1, 1], [0.1, 0.7, 0.2, 0.8, 0.9]),
    ("inverted", [0, 1, 0, 1, 1], [0.9, 0.3, 0.8, 0.2, 0.1]),
    ("constant scores", [0, 1, 0, 1, 1, 0, 0], [0.3] * 7),
    ("constant scores, all predicted positive", [0, 1, 0, 1, 1, 0, 0], [0.5] * 7),
    ("one positive row", [0, 0, 0, 0, 1, 0], [0.1, 0.9, 0.2, 0.6, 0.6, 0.4]),
    ("two values", rows(50, 0.4), random.integers(0, 2, 50)),
    ("many ties", rows(80, 0.3), np.round(random.uniform(size=80), 1)),
    ("no ties", rows(80, 0.3), random.uniform(size=80)),
    ("rare class", rows(100, 0.05), np.round(random.beta(2, 6, 100), 2)),
    ("raw scores around 0", rows(60, 0.5), np.round(random.normal(0.5, 1, 60), 3)),
    ("scores of very different size", rows(40, 0.5), np.round(10.0 ** random.integers(-9, 9, 40), 9)),
]:
    y, scores = np.asarray(y), np.asarray(scores, dtype=float)
    predicted = (scores >= 0.5).astype(int)
    precision, recall, f1, _ = precision_recall_fscore_support(
        y, predicted, average="binary", zero_division=0
    )
    cases.append(
        {
            "name": name,
            "y": y.tolist(),
            "scores": scores.tolist(),
            "predicted": predicted.tolist(),
            "rocAuc": roc_auc_score(y, scores),
            "accuracy": accuracy_score(y, predicted),
            "confusion": confusion_matrix(y, predicted, labels=[0, 1]).tolist(),
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
    )

y, predicted = random.integers(0, 3, 60), random.integers(0, 3, 60)
precision, recall, f1, _ = precision_recall_fscore_support(y, predicted, zero_division=0)
three = {
    "y": y.tolist(),
    "predicted": predicted.tolist(),
    "confusion": confusion_matrix(y, predicted).tolist(),
    "accuracy": accuracy_score(y, predicted),
    "precision": precision.tolist(),
    "recall": recall.tolist(),
    "f1": f1.tolist(),
}

lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
out = Path(__file__).with_suffix(".json")
out.write_text(
    f'{{"scikitLearn":"{sklearn.__version__}","twoClasses":[\n{lines}\n],'
    f'\n"threeClasses":{json.dumps(three, separators=(",", ":"))}}}\n'
)
