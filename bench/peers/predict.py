"""The scoring of src/predict.ts with scikit-learn and pandas: whole processes. Takes the data file; prints its figures as JSON."""
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, StandardScaler, TargetEncoder

TIMES = 100
SCORE = Path(__file__).with_name("score.py")
data = pd.read_csv(sys.argv[1])
churned = (data["Attrition_Flag"] == "Attrited Customer").astype(int)
x = data.drop(columns=[name for name in ("Unnamed: 0", "CLIENTNUM", "Attrition_Flag") if name in data])
numeric = list(x.select_dtypes("number"))
categories = [name for name in x if name not in numeric]
skews = x[numeric].skew()
skewed = [name for name in numeric if abs(skews[name]) > 0.75]
pipeline = make_pipeline(
    ColumnTransformer(
        [
            ("skewed", make_pipeline(SimpleImputer(), PowerTransformer(standardize=False)), skewed),
            ("numeric", SimpleImputer(), [name for name in numeric if name not in skewed]),
            ("categories", make_pipeline(SimpleImputer(strategy="most_frequent"), TargetEncoder(smooth=0.0)), categories),
        ]
    ),
    StandardScaler(),
    RandomForestClassifier(500, criterion="entropy", random_state=0),
)
pipeline.fit(x, churned)


def score(source: Path) -> float:
    """How many seconds a process takes that scores a file."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-W", "ignore", SCORE, folder / "model.pickle", source, folder / "scored.csv"], check=True)
    return time.perf_counter() - started


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    (folder / "model.pickle").write_bytes(pickle.dumps(pipeline))
    head, *lines = Path(sys.argv[1]).read_text().splitlines()
    (folder / "few.csv").write_text("\n".join([head, *lines[:100]]) + "\n")
    with open(folder / "many.csv", "w") as file:
        file.write(head + "\n")
        for _ in range(TIMES):
            file.write("\n".join(lines) + "\n")
    score(folder / "few.csv")
    few = min(score(folder / "few.csv") for _ in range(3))
    many = score(folder / "many.csv")
print(
    json.dumps(
        {
            "100 rows, cold start, seconds": few,
            f"{TIMES * len(lines):,} rows, seconds": many,
            "peak memory, megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }
    )
)
