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
from sklearn.metrics import log_loss, roc_auc_score

warnings.filterwarnings("ignore")
peer, train_file, test_file, target, seconds = sys.argv[1:]
train, test = pd.read_csv(train_file), pd.read_csv(test_file)
classes = sorted(train[target].astype(str).unique())
codes = {label: code for code, label in enumerate(classes)}
y_train, y_test = (frame[target].astype(str).map(codes).to_numpy() for frame in (train, test))
x_train, x_test = (frame.drop(columns=[target]) for frame in (train, test))
texts = [name for name in x_train if not pd.api.types.is_numeric_dtype(x_train[name])]


def categorical():
    """Categories by the levels of the training rows."""
    tables = []
    for x in (x_train, x_test):
        levels = {name: sorted(x_train[name].dropna().astype(str).unique()) for name in texts}
        tables.append(x.assign(**{n: pd.Categorical(x[n].astype(str).where(x[n].notna()), levels[n]) for n in texts}))
    return tables


def catboost():
    from catboost import CatBoostClassifier

    filled = [x.assign(**{name: x[name].astype(str).fillna("nan") for name in texts}) for x in (x_train, x_test)]
    model = CatBoostClassifier(verbose=False, allow_writing_files=False, cat_features=texts, random_seed=0)
    return model.fit(filled[0], y_train).predict_proba(filled[1])


def lightgbm():
    from lightgbm import LGBMClassifier

    trained, tested = categorical()
    plain = {name: f"x{j}" for j, name in enumerate(trained)}
    model = LGBMClassifier(verbose=-1, random_state=0).fit(trained.rename(columns=plain), y_train)
    return model.predict_proba(tested.rename(columns=plain))


def xgboost():
    from xgboost import XGBClassifier

    trained, tested = categorical()
    model = XGBClassifier(enable_categorical=True, random_state=0).fit(trained, y_train)
    return model.predict_proba(tested)


def histogram():
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.preprocessing import OrdinalEncoder

    trained, tested = categorical()
    wide = [name for name in texts if len(trained[name].cat.categories) > 255]
    if wide:
        encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        trained[wide] = encoder.fit_transform(trained[wide].astype(object))
        tested[wide] = encoder.transform(tested[wide].astype(object))
    model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
    return model.fit(trained, y_train).predict_proba(tested)


def autogluon():
    from autogluon.tabular import TabularPredictor

    with tempfile.TemporaryDirectory() as folder:
        predictor = TabularPredictor(label="label", path=folder, verbosity=0, eval_metric="log_loss")
        predictor.fit(x_train.assign(label=y_train), presets="best_quality", time_limit=float(seconds), dynamic_stacking=False)
        return predictor.predict_proba(x_test)[sorted(codes.values())].to_numpy()


probabilities = {
    "AutoGluon": autogluon,
    "CatBoost": catboost,
    "HistGradientBoosting": histogram,
    "LightGBM": lightgbm,
    "XGBoost": xgboost,
}[peer]()
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
