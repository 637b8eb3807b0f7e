"""Writes imputers.json, the figures that the tests of the imputers compare with.

    python imputers.py

Needs scikit-learn and pandas; the file says which versions made it. The tables are synthetic and awkward on purpose. Each
is fitted on `train` and fills `test`; of the output only the values in the rows that were missing are written.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer

warnings.filterwarnings("ignore")
random = np.random.default_rng(5)
CONSTANTS = {"numbers": -7.5, "categories": "unknown"}


def holes(values, share):
    values = np.asarray(values, dtype=object)
    values[random.uniform(size=len(values)) < share] = np.nan
    return values


def table(rows, groups, share=0.3, group_share=0.1):
    """Columns of every awkward sort, of which the group explains some."""
    group = np.asarray(groups, dtype=object)[random.integers(0, len(groups), rows)]
    place = np.array([groups.index(level) for level in group])
    frame = {
        "group": holes(group, group_share),
        "negative": holes(np.round(-10 * place - np.exp(random.normal(size=rows)), 3), share),
        "skewed": holes(np.round(np.exp(3 * random.normal(size=rows)), 4), share),
        "huge": holes(1e300 * np.round(random.normal(size=rows) + place, 3), share),
        "tiny": holes(1e-300 * np.round(random.normal(size=rows), 3), share),
        "offset": holes(1e9 + np.round(random.uniform(size=rows), 3), share),
        "ties": holes(random.integers(0, 3, rows).astype(float), share),
        "constant": holes(np.full(rows, 4.0), share),
        "whole": np.arange(rows).astype(float),
        "empty": np.full(rows, np.nan),
        "level": holes(np.array(["b", "B", "é", "a"], dtype=object)[random.integers(0, 4, rows)], share),
        "same": holes(np.full(rows, "same", dtype=object), share),
        "10": holes(np.array(["", "x"], dtype=object)[random.integers(0, 2, rows)], share),
    }
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in frame.items()})


def split(frame, rows):
    return frame.iloc[:rows].reset_index(drop=True), frame.iloc[rows:].reset_index(drop=True)


def one_row():
    train = table(1, ["a"], share=0.0, group_share=0.0)
    return train, pd.concat([train, train.assign(**{name: np.nan for name in train if name != "group"})], ignore_index=True)


def group_without_values():
    train, test = split(table(40, ["p", "q", "r"]), 30)
    train.loc[train["group"] == "q", [name for name in train if name not in ["group", "whole"]]] = np.nan
    return train, test


def unseen_groups():
    train, test = split(table(40, ["p", "q"]), 25)
    test["group"] = test["group"].replace({"q": "new"})
    return train, test


def missing_groups():
    train, test = split(table(40, ["p"], group_share=0.0), 25)
    return train.assign(group=np.nan).astype(object), test


tables = {
    "one row": one_row(),
    "few groups": split(table(50, ["p", "q", "r"]), 35),
    "many groups": split(table(60, [f"group {i}" for i in range(40)]), 45),
    "mostly missing": split(table(40, ["p", "q", "r", "s"], share=0.85), 30),
    "odd names": split(table(50, ["__proto__", "constructor", "2", "1", ""]), 35),
    "group without values": group_without_values(),
    "unseen groups": unseen_groups(),
    "only missing groups": missing_groups(),
}
CATEGORIES = ["level", "same", "10"]
NUMBERS = [name for name in table(1, ["a"]) if name not in ["group", *CATEGORIES]]


def plain(values):
    return [None if pd.isna(value) else value for value in values]


def at_missing(before, after):
    return plain(np.asarray(after, dtype=object)[pd.isna(before)])


def simple(train, test, names, strategy, kind):
    """Columns without a value are dropped by scikit-learn, except where the value is given."""
    frame = lambda x: x[names].astype(float) if kind == "numbers" else x[names].astype(object)
    options = {"fill_value": CONSTANTS[kind], "keep_empty_features": True} if strategy == "constant" else {}
    imputer = SimpleImputer(strategy=strategy, add_indicator=True, **options).fit(frame(train))
    output = pd.DataFrame(imputer.transform(frame(test)), columns=imputer.get_feature_names_out())
    prefix = "missingindicator_"
    return {
        "filled": {name: at_missing(test[name], output[name]) for name in names if name in output},
        "indicators": {
            name[len(prefix) :]: np.flatnonzero(output[name].astype(float)).tolist()
            for name in output
            if name.startswith(prefix)
        },
    }


def first_mode(values):
    modes = values.mode()
    return modes[0] if len(modes) > 0 else np.nan


def grouped(train, test, names, statistic, kind):
    """The missing values by pandas: of the training rows by `transform`, of new ones by the level's figure."""
    dtype = float if kind == "numbers" else object
    result = {"train": {}, "test": {}}
    for name in names:
        values = train[name].astype(dtype)
        overall = values.agg(statistic) if len(values.dropna()) > 0 else np.nan
        groups = values.groupby(train["group"])
        if len(groups) == 0:
            of_rows, of_levels = pd.Series(np.nan, index=train.index, dtype=dtype), {}
        else:
            of_rows, of_levels = groups.transform(statistic), groups.agg(statistic).to_dict()
        rows = of_rows.astype(object).where(of_rows.notna(), overall)
        result["train"][name] = at_missing(train[name], rows)
        new = pd.Series([of_levels.get(level, np.nan) for level in test["group"]], dtype=object)
        result["test"][name] = at_missing(test[name], new.where(new.notna(), overall))
    return result


def case(train, test):
    result = {
        "train": {name: plain(train[name]) for name in train},
        "test": {name: plain(test[name]) for name in test},
        "simple": [],
        "grouped": [],
    }
    for kind, names, strategies in [
        ("numbers", NUMBERS, ["mean", "median", "most_frequent", "constant"]),
        ("categories", CATEGORIES, ["most_frequent", "constant"]),
    ]:
        for strategy in strategies:
            result["simple"].append({"strategy": strategy, "kind": kind, **simple(train, test, names, strategy, kind)})
            if strategy == "constant":
                continue
            statistic = first_mode if strategy == "most_frequent" else strategy
            figures = grouped(train, test, names, statistic, kind)
            result["grouped"].append({"strategy": strategy, "kind": kind, **figures})
    return result


reference = {
    "versions": {"scikit-learn": sklearn.__version__, "pandas": pd.__version__},
    "numbers": NUMBERS,
    "categories": CATEGORIES,
    "constants": CONSTANTS,
    "tables": {name: case(train, test) for name, (train, test) in tables.items()},
}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference, allow_nan=False, ensure_ascii=False) + "\n", encoding="utf-8")
