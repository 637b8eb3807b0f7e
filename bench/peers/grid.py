"""The same search as src/grid.ts with scikit-learn's GridSearchCV, two processes."""
import json
import resource
import sys
import time
import warnings

started = time.perf_counter()
import numpy as np
import pandas as pd
from joblib.externals.loky import get_reusable_executor
from scipy.stats import skew
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, PowerTransformer, StandardScaler, TargetEncoder
from sklearn.svm import SVC

warnings.filterwarnings("ignore")


class SkewCorrector(TransformerMixin, BaseEstimator):
    """Yeo-Johnson for the columns whose |skew| is above a threshold."""

    def fit(self, x, y=None):
        skews = skew(x, bias=False)
        self.columns_ = np.flatnonzero(np.abs(skews) > 0.75)
        self.power_ = PowerTransformer(standardize=False).fit(x[:, self.columns_])
        return self

    def transform(self, x):
        x = x.copy()
        x[:, self.columns_] = self.power_.transform(x[:, self.columns_])
        return x


frame = pd.read_csv(sys.argv[1])
y = (frame["Attrition_Flag"] == "Attrited Customer").astype(int)
drop = [c for c in frame.columns if c in ("CLIENTNUM", "Attrition_Flag", "Unnamed: 0") or c.startswith("Naive_Bayes")]
x = frame.drop(columns=drop)
# The file is in an order of its own; unshuffled folds need rows in none.
rows = np.arange(len(x)) * 4567 % len(x)
rows = rows[rows % 10 >= 3]
x, y = x.iloc[rows], y.iloc[rows]

prepare = ColumnTransformer(
    [
        ("numbers", make_pipeline(SimpleImputer(), SkewCorrector()), make_column_selector(dtype_include="number")),
        (
            "categories",
            make_pipeline(SimpleImputer(strategy="most_frequent"), TargetEncoder(smooth=0, cv=5, shuffle=False)),
            make_column_selector(dtype_exclude="number"),
        ),
    ]
)
folds = StratifiedKFold(5)


def search(model, grid, polynomial):
    steps = [("prepare", prepare)]
    if polynomial:
        steps.append(("poly", PolynomialFeatures(include_bias=False)))
    steps += [("scale", StandardScaler()), ("model", model)]
    found = GridSearchCV(Pipeline(steps), grid, scoring="roc_auc", cv=folds, n_jobs=2, refit=False)
    found.fit(x, y)
    return found


searches = {
    "lr": search(
        LogisticRegression(solver="liblinear", random_state=0),
        {"poly__degree": [1, 2], "model__penalty": ["l1", "l2"], "model__C": np.geomspace(1e-3, 10, 6)},
        True,
    ),
    "rf": search(
        RandomForestClassifier(random_state=42),
        {
            "model__criterion": ["gini", "entropy"],
            "model__max_depth": [4, 5, 100],
            # `auto` was another name of `sqrt`, until scikit-learn dropped it; the boilerplate's grid has both.
            "model__max_features": ["sqrt", "sqrt"],
            "model__n_estimators": [200, 500],
        },
        False,
    ),
    "sv": search(
        SVC(),
        {
            "poly__degree": [1, 2],
            "model__kernel": ["poly", "rbf"],
            "model__gamma": ["auto", "scale"],
            "model__C": [0.01, 0.3, 10],
        },
        True,
    ),
}
figures = {"grid search, seconds": time.perf_counter() - started}
for name, found in searches.items():
    figures[f"{name}: 1 - best mean AUC"] = 1 - found.best_score_
# Only processes that have ended are counted: without this, the two that did the work would be left out.
get_reusable_executor().shutdown(wait=True)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
figures["peak memory, megabytes"] = peak / 1024
if len(sys.argv) > 2:
    with open(sys.argv[2], "w") as file:
        rows = [{"model": n, **{k.split("__")[1]: v for k, v in p.items()}, "auc": m} for n, f in searches.items() for p, m in zip(f.cv_results_["params"], f.cv_results_["mean_test_score"])]
        json.dump(rows, file, default=float)
print(json.dumps(figures))
