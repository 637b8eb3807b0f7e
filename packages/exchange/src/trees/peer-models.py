"""
Models of one library with random options, and what they score: `peer-models.py LIBRARY COUNT FOLDER` writes for each model its file, its rows as
JSON, and the raw scores and predictions that the library has for them.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

library, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
LEVELS = ["x", "ab", "a level with spaces", "größer", "a name of more than thirty-two letters", "z"]


def table(rng, n, with_categories, many):
    x = pd.DataFrame(
        {
            "a": rng.normal(size=n),
            "b": np.round(rng.normal(size=n), 1),
            "c_d": rng.integers(-2, 3, n).astype(float),
            "wide": rng.normal(size=n) * 10.0 ** rng.integers(-8, 8, n),
        }
    )
    if many:
        for j in range(8):
            x[f"n{j}"] = rng.normal(size=n)
    if with_categories:
        x["level"] = pd.Categorical(rng.choice(LEVELS, n), categories=LEVELS)
        x["code"] = pd.Categorical(rng.integers(0, 40, n), categories=range(40))
    return x


def with_gaps(rng, x, share, columns):
    x = x.copy()
    for name in columns:
        x.loc[rng.random(len(x)) < share, name] = np.nan
    return x


def target(rng, x, kind, n_classes):
    signal = x["a"].fillna(1) + np.sin(3 * x["b"].fillna(0)) + 0.5 * x["c_d"].fillna(-1)
    if "level" in x:
        signal = signal + x["level"].cat.codes.isin([0, 3]) * 1.5 + (x["code"].cat.codes % 3 == 0)
    signal = signal + rng.normal(size=len(x)) * 0.5
    if kind == "classes":
        return pd.qcut(signal, n_classes, labels=False).to_numpy()
    if kind == "positive":
        return np.exp(signal / 3).to_numpy()
    if kind == "count":
        return np.floor(np.exp(np.clip(signal, -3, 3) / 2)).to_numpy()
    if kind == "share":
        return (1 / (1 + np.exp(-signal))).to_numpy()
    return signal.to_numpy()


def scored(rng, x):
    """The rows of training, with gaps, zeros and values next to thresholds more."""
    x = x.iloc[:120].copy()
    for name in x.columns:
        if isinstance(x[name].dtype, pd.CategoricalDtype):
            x.loc[x.index[rng.random(len(x)) < 0.1], name] = np.nan
            continue
        draw = rng.random(len(x))
        x.loc[x.index[draw < 0.08], name] = np.nan
        x.loc[x.index[(draw >= 0.08) & (draw < 0.12)], name] = 0.0
        x.loc[x.index[(draw >= 0.12) & (draw < 0.14)], name] = 1e-36
    return x


def cells(x):
    columns = {}
    for name in x.columns:
        if isinstance(x[name].dtype, pd.CategoricalDtype):
            columns[name] = [None if pd.isna(value) else str(value) for value in x[name]]
        else:
            columns[name] = [None if np.isnan(value) else float(value) for value in x[name]]
    return columns


def pick(rng, *options):
    return options[rng.integers(len(options))]


def write(i, text, x, kind, raw, predicted, contributions=None, more=None):
    raw = np.asarray(raw, dtype=float)
    known = {
        "kind": kind,
        "x": cells(x),
        "raw": raw.reshape(len(x), -1).T.tolist(),
        "predicted": np.asarray(predicted, dtype=float).reshape(len(x), -1).T.tolist(),
        **(more or {}),
    }
    if contributions is not None:
        known["contributions"] = np.asarray(contributions, dtype=float).reshape(len(x), -1).tolist()
    (folder / f"{i}.json").write_text(json.dumps({"model": text, **known}))


def lightgbm(i, rng):
    import lightgbm as lgb

    objective, kind = pick(
        rng,
        *[("binary", "classes")] * 3,
        *[("multiclass", "classes"), ("multiclassova", "classes")] * 2,
        *[("regression", "amount"), ("regression_l1", "amount"), ("huber", "amount"), ("quantile", "amount")],
        *[("poisson", "count"), ("gamma", "positive"), ("tweedie", "positive"), ("cross_entropy", "share")],
        ("cross_entropy_lambda", "share"),
    )
    n_classes = 2 if objective == "binary" else int(rng.integers(3, 5))
    with_categories = bool(rng.random() < 0.6)
    x = table(rng, 600, with_categories, bool(rng.random() < 0.3))
    x = with_gaps(rng, x, pick(rng, 0, 0.1), list(x.columns))
    boosting = pick(rng, "gbdt", "gbdt", "dart", "rf")
    options = {
        "objective": objective,
        "boosting": boosting,
        "num_leaves": int(rng.integers(2, 40)),
        "min_data_in_leaf": int(rng.integers(1, 20)),
        "learning_rate": float(rng.uniform(0.05, 0.4)),
        "max_bin": int(pick(rng, 15, 255, 1023)),
        "use_missing": bool(rng.random() < 0.8),
        "zero_as_missing": bool(rng.random() < 0.25),
        "max_cat_to_onehot": int(pick(rng, 1, 4, 50)),
        "min_data_per_group": 5,
        "cat_smooth": 1.0,
        "sigmoid": float(pick(rng, 1, 0.7)),
        "reg_sqrt": bool(rng.random() < 0.3),
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "feature_fraction": 0.9,
        "verbose": -1,
        "num_threads": 1,
        "seed": i,
    }
    if objective.startswith("multiclass"):
        options["num_class"] = n_classes
    y = target(rng, x, kind, n_classes)
    booster = lgb.train(options, lgb.Dataset(x, label=y), int(rng.integers(1, 25)))
    rows = scored(rng, x)
    more = {"nTrees": booster.num_trees(), "boosting": boosting, "objective": objective}
    write(
        i,
        booster.model_to_string(),
        rows,
        kind,
        booster.predict(rows, raw_score=True),
        booster.predict(rows),
        booster.predict(rows, pred_contrib=True),
        more,
    )


def xgboost(i, rng):
    import xgboost as xgb

    objective, kind = pick(
        rng,
        *[("binary:logistic", "classes")] * 3,
        ("binary:logitraw", "classes"),
        *[("multi:softprob", "classes")] * 3,
        ("multi:softmax", "classes"),
        *[("reg:squarederror", "amount"), ("reg:absoluteerror", "amount"), ("reg:pseudohubererror", "amount")],
        *[("count:poisson", "count"), ("reg:gamma", "positive"), ("reg:tweedie", "positive")],
        ("reg:logistic", "share"),
    )
    n_classes = 2 if objective.startswith("binary") else int(rng.integers(3, 5))
    with_categories = bool(rng.random() < 0.6)
    x = table(rng, 600, with_categories, bool(rng.random() < 0.3))
    x = with_gaps(rng, x, pick(rng, 0, 0.1), list(x.columns))
    booster = pick(rng, "gbtree", "gbtree", "dart")
    options = {
        "objective": objective,
        "booster": booster,
        "max_depth": int(rng.integers(1, 9)),
        "eta": float(rng.uniform(0.05, 0.5)),
        "max_bin": int(pick(rng, 16, 256, 1024)),
        "max_cat_to_onehot": int(pick(rng, 1, 4, 50)),
        "num_parallel_tree": int(pick(rng, 1, 1, 3)),
        "subsample": 0.8,
        "colsample_bytree": 0.8,
        "tree_method": pick(rng, "hist", "approx", "exact") if not with_categories else pick(rng, "hist", "approx"),
        "nthread": 1,
        "seed": i,
    }
    if rng.random() < 0.3:
        options["base_score"] = float(rng.uniform(0.2, 0.8))
    if booster == "dart":
        options.update(rate_drop=0.3, one_drop=1, normalize_type=pick(rng, "tree", "forest"))
    if objective.startswith("multi"):
        options["num_class"] = n_classes
        if booster == "gbtree" and options["tree_method"] == "hist" and not with_categories and rng.random() < 0.4:
            options["multi_strategy"] = "multi_output_tree"
    y = target(rng, x, kind, n_classes)
    train = xgb.DMatrix(x, label=y, enable_categorical=True)
    model = xgb.train(options, train, int(rng.integers(1, 20)))
    rows = scored(rng, x)
    asked = xgb.DMatrix(rows, enable_categorical=True)
    kept = {}
    if rng.random() < 0.2 and model.num_boosted_rounds() > 2:
        best = model.num_boosted_rounds() // 2
        model.set_attr(best_iteration=str(best))
        kept = {"iteration_range": (0, best + 1)}
    is_vector = "multi_strategy" in options
    write(
        i,
        model.save_raw("json").decode(),
        rows,
        kind,
        model.predict(asked, output_margin=True, **kept),
        model.predict(asked, **kept),
        None if is_vector else model.predict(asked, pred_contribs=True, **kept),
        {"objective": objective, "booster": booster, "levels": {"level": LEVELS} if with_categories else {}},
    )


def catboost(i, rng):
    import catboost as cb

    loss, kind = pick(
        rng,
        *[("Logloss", "classes")] * 3,
        *[("MultiClass", "classes"), ("MultiClassOneVsAll", "classes")] * 2,
        *[("RMSE", "amount"), ("MAE", "amount"), ("Quantile:alpha=0.7", "amount")],
        *[("Poisson", "count"), ("Tweedie:variance_power=1.5", "positive"), ("CrossEntropy", "share")],
    )
    n_classes = 2 if loss in ("Logloss", "CrossEntropy") else int(rng.integers(3, 5))
    with_categories = bool(rng.random() < 0.6)
    x = table(rng, 600, with_categories, bool(rng.random() < 0.3))
    numbers = [name for name in x.columns if name not in ("level", "code")]
    x = with_gaps(rng, x, pick(rng, 0, 0.1), numbers)
    policy = pick(rng, "SymmetricTree", "SymmetricTree", "Depthwise", "Lossguide")
    y = target(rng, x, kind, n_classes)
    categories = ["level", "code"] if with_categories else []
    for name in categories:
        x[name] = x[name].astype(str)
    model = cb.CatBoost(
        {
            "loss_function": loss,
            "iterations": int(rng.integers(1, 25)),
            "depth": int(rng.integers(1, 7)),
            "learning_rate": float(rng.uniform(0.05, 0.5)),
            "grow_policy": policy,
            "nan_mode": pick(rng, "Min", "Max"),
            "one_hot_max_size": 100,
            "border_count": int(pick(rng, 8, 254)),
            "cat_features": categories,
            "verbose": 0,
            "thread_count": 1,
            "random_seed": i,
            "allow_writing_files": False,
        }
    )
    model.fit(x, y)
    rows = x.iloc[:120].copy()
    has_gaps = {name: x[name].isna().any() for name in numbers}
    for name in numbers:
        draw = rng.random(len(rows))
        if has_gaps[name]:
            rows.loc[rows.index[draw < 0.08], name] = np.nan
        rows.loc[rows.index[(draw >= 0.08) & (draw < 0.12)], name] = 0.0
    path = folder / "model.json"
    model.save_model(str(path), format="json")
    raw = model.predict(rows, prediction_type="RawFormulaVal")
    kinds = {"classes": "Probability", "share": "Probability", "count": "Exponent", "positive": "Exponent"}
    # Of other trees CatBoost 1.2.10 crashes at times.
    is_symmetric = policy == "SymmetricTree"
    contributions = (
        model.get_feature_importance(cb.Pool(rows, cat_features=categories), type="ShapValues") if is_symmetric else None
    )
    columns = cells(rows[numbers])
    for name in categories:
        columns[name] = rows[name].tolist()
    known = {
        "model": path.read_text(),
        "kind": kind,
        "x": columns,
        "levels": {name: sorted(set(x[name])) for name in categories},
        "raw": np.asarray(raw, dtype=float).reshape(len(rows), -1).T.tolist(),
        "predicted": np.asarray(model.predict(rows, prediction_type=kinds.get(kind, "RawFormulaVal")), dtype=float)
        .reshape(len(rows), -1)
        .T.tolist(),
        "objective": loss,
        "policy": policy,
    }
    if is_symmetric:
        known["contributions"] = contributions.reshape(len(rows), -1).tolist()
    path.unlink()
    (folder / f"{i}.json").write_text(json.dumps(known))


for i in range(count):
    {"lightgbm": lightgbm, "xgboost": xgboost, "catboost": catboost}[library](i, np.random.default_rng([7, i]))
