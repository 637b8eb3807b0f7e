"""The processing of src/processing.ts with scikit-learn. Takes the data file; prints its figures as JSON."""
import json
import resource
import sys
import time

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PowerTransformer, StandardScaler, TargetEncoder

TIMES = 100
data = pd.read_csv(sys.argv[1])
data = pd.concat([data] * TIMES, ignore_index=True)
churned = (data.pop("Attrition_Flag") == "Attrited Customer").astype(int)
x = data.drop(columns=[name for name in ("Unnamed: 0", "CLIENTNUM") if name in data])
numeric = list(x.select_dtypes("number"))
categories = [name for name in x if name not in numeric]


started = time.perf_counter()
skews = x[numeric].skew()
skewed = [name for name in numeric if abs(skews[name]) > 0.75]
others = [name for name in numeric if name not in skewed]
pipeline = make_pipeline(
    ColumnTransformer(
        [
            ("skewed", make_pipeline(SimpleImputer(), PowerTransformer(standardize=False)), skewed),
            ("numeric", SimpleImputer(), others),
            ("categories", make_pipeline(SimpleImputer(strategy="most_frequent"), TargetEncoder(smooth=0.0)), categories),
        ]
    ),
    StandardScaler(),
)
pipeline.fit_transform(x, churned)
fit_seconds = time.perf_counter() - started

started = time.perf_counter()
pipeline.transform(x)
transform_seconds = time.perf_counter() - started

microseconds = []
for i in range(100):
    row = x.iloc[[i]]
    started = time.perf_counter()
    pipeline.transform(row)
    microseconds.append((time.perf_counter() - started) * 1e6)
microseconds.sort()

print(
    json.dumps(
        {
            "rows": len(x),
            "fit and transform, seconds": fit_seconds,
            "transform, seconds": transform_seconds,
            "one raw row, microseconds": microseconds[len(microseconds) // 2],
            "peak memory, megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
