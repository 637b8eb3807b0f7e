"""Scores the rows of a CSV file with a pickled pipeline, a part of the file at a time. Takes the pickle, the file and the output."""
import pickle
import sys

import pandas as pd

model, source, target = sys.argv[1:]
with open(model, "rb") as file:
    pipeline = pickle.load(file)
for i, rows in enumerate(pd.read_csv(source, chunksize=20_000)):
    probability = pipeline.predict_proba(rows)[:, 1]
    rows["churn_probability"] = probability
    rows["churn_prediction"] = (probability > 0.5).astype(int)
    rows.to_csv(target, index=False, mode="a" if i else "w", header=i == 0)
