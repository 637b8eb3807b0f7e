"""Fits one peer, by its defaults, to a split of a data set, and prints its figures.

Usage: quality.py PEER TRAIN TEST TARGET SECONDS, the last for AutoGluon alone.
"""
import json
import os
import resource
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from boosters import Rows, boosters
from sklearn.metrics import log_loss, roc_auc_score

warnings.filterwarnings("ignore")
peer, train_file, test_file, target, seconds = sys.argv[1:]
train, test = pd.read_csv(train_file), pd.read_csv(test_file)
classes = sorted(train[target].astype(str).unique())
codes = {label: code for code, label in enumerate(classes)}
y_train, y_test = (frame[target].astype(str).map(codes).to_numpy() for frame in (train, test))
rows = Rows(train, test, target)


def autogluon():
    from autogluon.tabular import TabularPredictor

    with tempfile.TemporaryDirectory() as folder:
        predictor = TabularPredictor(label="label", path=folder, verbosity=0, eval_metric="log_loss")
        predictor.fit(rows.train.assign(label=y_train), presets="best_quality", time_limit=float(seconds), dynamic_stacking=False)
        return predictor.predict_proba(rows.test)[sorted(codes.values())].to_numpy()


probabilities = {"AutoGluon": autogluon, **boosters(rows, y_train, "Classifier")}[peer]()
probabilities = np.clip(np.asarray(probabilities, dtype=float), 1e-15, 1)
probabilities /= probabilities.sum(axis=1, keepdims=True)
binary = len(classes) == 2
spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
figures = {
    "auc": roc_auc_score(y_test, probabilities[:, 1] if binary else probabilities, multi_class="ovr"),
    "logLoss": log_loss(y_test, probabilities, labels=range(len(classes))),
    "seconds": sum(each.ru_utime + each.ru_stime for each in spent),
}
sys.stdout.flush()
print(json.dumps(figures), flush=True)
# Threads of some peers outlive what they were started for.
os._exit(0)
