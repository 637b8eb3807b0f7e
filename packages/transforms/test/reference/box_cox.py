"""Recomputes box_cox.json, beside this file: Box-Cox and log1p of awkward columns, and columns without a value.

    python box_cox.py

Needs scikit-learn and numpy. A missing value is null.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
rng = np.random.default_rng(11)


def rounded(values):
    return np.array([float(f"{value:.6g}") for value in values])


COLUMNS = {
    "log-normal": rounded(np.exp(rng.normal(size=60))),
    "ties": np.repeat([1.0, 2.0, 3.0, 8.0], [30, 12, 6, 2]),
    "huge": rounded(1e12 * np.exp(rng.normal(size=40))),
    "tiny": rounded(1e-9 * np.exp(0.5 * rng.normal(size=40))),
    "left tail": rounded(100 - np.exp(rng.normal(size=50))),
    "many levels": np.arange(1.0, 201.0) ** 2,
    "gaps": np.where(rng.random(50) < 0.3, np.nan, rounded(rng.gamma(2.0, 3.0, size=50))),
    "two values": np.array([1.0, 2.0, 2.0, 1.0, 1.0]),
}


def listed(column):
    return [None if np.isnan(value) else float(value) for value in np.ravel(column)]


cases = []
for name, column in COLUMNS.items():
    x = column.reshape(-1, 1)
    power = PowerTransformer(method="box-cox", standardize=False).fit(x)
    cases.append({
        "name": name,
        "values": listed(column),
        "lambda": float(power.lambdas_[0]),
        "boxCox": listed(power.transform(x)),
        "log1p": listed(np.log1p(column)),
    })

# scikit-learn leaves a column without a value as it is, too.
empty = np.full((3, 1), np.nan)
scalers = [StandardScaler(), MinMaxScaler(), RobustScaler(), MaxAbsScaler()]
result = {
    "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}; made by box_cox.py",
    "cases": cases,
    "withoutValues": {type(scaler).__name__: listed(scaler.fit_transform(empty)) for scaler in scalers},
}
(HERE / "box_cox.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
