"""Recomputes scikit_learn.json, beside this file, from the real Credit Card Customers file.

    CHURN_REAL_DATA=path/to/BankChurners.csv python scikit_learn.py

The rows of the test are kept from the JSON file as it is; all other figures are computed anew, from training rows alone.
Needs scikit-learn, pandas and scipy.
"""
import json
import os
import pathlib

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import PowerTransformer, StandardScaler

HERE = pathlib.Path(__file__).parent
TARGET, POSITIVE = "Attrition_Flag", "Attrited Customer"
IGNORED = ["Unnamed: 0", "CLIENTNUM", TARGET]

reference = json.loads((HERE / "scikit_learn.json").read_text())
data = pd.read_csv(os.environ["CHURN_REAL_DATA"])
churned = (data[TARGET] == POSITIVE).to_numpy().astype(int)
in_test = np.zeros(len(data), bool)
in_test[reference["test"]] = True
features = data.drop(columns=[name for name in IGNORED if name in data])
train, y_train, y_test = features[~in_test], churned[~in_test], churned[in_test]
numeric = list(train.select_dtypes("number"))
categories = [name for name in train if name not in numeric]

skew = train[numeric].skew()
skewed = [name for name in numeric if abs(skew[name]) > 0.75]
power = PowerTransformer(standardize=False).fit(train[skewed].astype(float))
ratios = {name: pd.Series(y_train, train.index).groupby(train[name]).mean() for name in categories}

processed = features.astype({name: float for name in numeric})
processed[skewed] = power.transform(processed[skewed])
for name in categories:
    processed[name] = features[name].map(ratios[name]).astype(float)
scaler = StandardScaler().fit(processed[~in_test])
x_train, x_test = scaler.transform(processed[~in_test]), scaler.transform(processed[in_test])


def objective(w, b, penalty, C, penalize_intercept):
    z = x_train @ w + b
    weights = np.append(w, b) if penalize_intercept else w
    size = np.abs(weights).sum() if penalty == "l1" else 0.5 * weights @ weights
    return C * np.logaddexp(0, np.where(y_train == 1, -z, z)).sum() + size


def logistic_regression(penalty, C, penalize_intercept):
    if penalize_intercept:
        # liblinear draws its order of coordinates: several seeds, the lowest objective.
        fits = [
            LogisticRegression(penalty=penalty, C=C, solver="liblinear", tol=1e-12, max_iter=20000, random_state=seed)
            for seed in range(3)
        ]
    else:
        fits = [LogisticRegression(penalty=penalty, C=C, solver="newton-cholesky", tol=1e-12, max_iter=1000)]
    candidates = [fit.fit(x_train, y_train) for fit in fits]
    of = lambda fit: objective(fit.coef_[0], fit.intercept_[0], penalty, C, penalize_intercept)
    best = min(candidates, key=of)
    return {
        "penalty": penalty,
        "C": C,
        "penalizeIntercept": penalize_intercept,
        "objective": of(best),
        "testAuc": roc_auc_score(y_test, best.decision_function(x_test)),
    }


reference.update(
    source=(
        "Credit Card Customers (Kaggle, sakshigoyal7), 10,127 rows; figures of the training rows by "
        f"scikit-learn {sklearn.__version__}, pandas {pd.__version__}, scipy {scipy.__version__}; made by scikit_learn.py"
    ),
    means={name: train[name].mean() for name in numeric},
    modes={name: train[name].mode()[0] for name in categories},
    skews={name: skew[name] for name in numeric},
    lambdas=dict(zip(skewed, power.lambdas_.tolist())),
    ratios={name: ratios[name].to_dict() for name in categories},
    logisticRegression=[
        logistic_regression(penalty, C, True) for penalty in ("l1", "l2") for C in (0.01, 1.0, 10.0)
    ]
    + [logistic_regression("l2", C, False) for C in (0.01, 1.0, 10.0)],
)
rows = json.dumps(reference.pop("test"))
text = json.dumps(reference, indent=2)
(HERE / "scikit_learn.json").write_text(text[:-2] + ',\n  "test": ' + rows + "\n}\n")
