"""Models of scikit-learn and YDF: milliseconds to fit and to score, and the ROC AUC of rows that are not trained on. One thread."""

import json
import sys
import time

import pandas as pd
import ydf
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

ydf.verbose(0)
train, test = (pd.read_csv(file) for file in sys.argv[1:3])
x, x_test = (frame.drop(columns="label").to_numpy() for frame in (train, test))
y, y_test = (frame["label"].to_numpy() for frame in (train, test))


def of_sklearn(model):
    return lambda: model.fit(x, y), lambda fitted: fitted.predict_proba(x_test)[:, 1]


def of_ydf(learner):
    return lambda: learner.train(train), lambda fitted: fitted.predict(test)


models = {
    "logistic regression": {"scikit-learn": of_sklearn(LogisticRegression())},
    "decision tree, depth 5": {"scikit-learn": of_sklearn(DecisionTreeClassifier(max_depth=5))},
    "15 neighbours": {"scikit-learn": of_sklearn(KNeighborsClassifier(15))},
    "forest, 50 trees": {
        "scikit-learn": of_sklearn(RandomForestClassifier(50, random_state=1)),
        "YDF in Python": of_ydf(ydf.RandomForestLearner(label="label", num_trees=50, num_threads=1)),
    },
    "boosting, 100 trees": {
        "scikit-learn": of_sklearn(HistGradientBoostingClassifier(random_state=1)),
        "YDF in Python": of_ydf(
            ydf.GradientBoostedTreesLearner(label="label", num_trees=100, num_threads=1)
        ),
    },
}
found = {}
for name, libraries in models.items():
    found[name] = {}
    for library, (fit, score) in libraries.items():
        begun = time.perf_counter()
        fitted = fit()
        done = time.perf_counter()
        scores = score(fitted)
        scored = time.perf_counter()
        found[name][library] = {
            "fit": 1000 * (done - begun),
            "score": 1000 * (scored - done),
            "auc": roc_auc_score(y_test, scores),
        }
print(json.dumps(found))
