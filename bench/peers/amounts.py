"""Fits one peer, by its defaults, to the amounts of a split of a data set, and prints its figures.

Usage: amounts.py PEER TRAIN TEST TARGET.
"""
import json
import os
import resource
import sys
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
peer, train_file, test_file, target = sys.argv[1:]
train, test = pd.read_csv(train_file), pd.read_csv(test_file)
y_train, y_test = (frame[target].to_numpy(dtype=float) for frame in (train, test))
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
    from catboost import CatBoostRegressor

    filled = [x.assign(**{name: x[name].astype(str).fillna("nan") for name in texts}) for x in (x_train, x_test)]
    model = CatBoostRegressor(verbose=False, allow_writing_files=False, cat_features=texts, random_seed=0)
    return model.fit(filled[0], y_train).predict(filled[1])


def lightgbm():
    from lightgbm import LGBMRegressor

    trained, tested = categorical()
    plain = {name: f"x{j}" for j, name in enumerate(trained)}
    model = LGBMRegressor(verbose=-1, random_state=0).fit(trained.rename(columns=plain), y_train)
    return model.predict(tested.rename(columns=plain))


def xgboost():
    from xgboost import XGBRegressor

    trained, tested = categorical()
    return XGBRegressor(enable_categorical=True, random_state=0).fit(trained, y_train).predict(tested)


def histogram():
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.preprocessing import OrdinalEncoder

    trained, tested = categorical()
    wide = [name for name in texts if len(trained[name].cat.categories) > 255]
    if wide:
        encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        trained[wide] = encoder.fit_transform(trained[wide].astype(object))
        tested[wide] = encoder.transform(tested[wide].astype(object))
    model = HistGradientBoostingRegressor(categorical_features="from_dtype", random_state=0)
    return model.fit(trained, y_train).predict(tested)


predicted = {
    "CatBoost": catboost,
    "HistGradientBoosting": histogram,
    "LightGBM": lightgbm,
    "XGBoost": xgboost,
}[peer]()
spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
figures = {
    "rmse": float(np.sqrt(np.mean((y_test - predicted) ** 2)) / y_test.std()),
    "mae": float(np.mean(np.abs(y_test - predicted)) / y_test.std()),
    "seconds": sum(each.ru_utime + each.ru_stime for each in spent),
}
sys.stdout.flush()
print(json.dumps(figures), flush=True)
# Threads of some peers outlive what they were started for.
os._exit(0)
