"""Writes known_effects.json: how well learners of causalml and scikit-uplift recover the effects of `knownEffects`.

For 30 data sets, the correlation of predicted uplift and true effect on 2,000 test rows, with 2,500 training rows.

Run: python known_effects.py
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from causalml.inference.meta import BaseDRLearner, BaseXClassifier
from causalml.inference.tree import UpliftRandomForestClassifier
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklift.models import ClassTransformation, SoloModel, TwoModels

warnings.simplefilter("ignore")
SHAPE = {"n_estimators": 40, "learning_rate": 0.1, "max_depth": 3}
N_SETS = 30


def data(n, random):
    usage, tenure = 2 * random.random(n) - 1, 2 * random.random(n) - 1
    plus = (random.random(n) < 0.5).astype(int)
    risk = 0.2 + 0.5 / (1 + np.exp(4 * tenure))
    effects = np.where(plus == 1, 0.18, 0.1) * usage
    called = (random.random(n) < 0.5).astype(int)
    stayed = (random.random(n) < 1 - risk + called * effects).astype(int)
    return np.column_stack([usage, tenure, plus]), called, stayed, effects


def classifier():
    return GradientBoostingClassifier(**SHAPE)


def regressor():
    return GradientBoostingRegressor(**SHAPE)


def forest(x, called, stayed, of):
    model = UpliftRandomForestClassifier(
        control_name="none", n_estimators=60, evaluationFunction="ED", random_state=0, n_jobs=1
    )
    model.fit(x, treatment=np.where(called == 1, "call", "none"), y=stayed)
    return model.predict(of).ravel()


def x_learner(x, called, stayed, of):
    model = BaseXClassifier(outcome_learner=classifier(), effect_learner=regressor(), control_name=0)
    model.fit(x, treatment=called, y=stayed, p=np.full(len(x), 0.5))
    return model.predict(of, p=np.full(len(of), 0.5)).ravel()


def dr_learner(x, called, stayed, of):
    model = BaseDRLearner(learner=regressor(), control_name=0)
    model.fit(x, treatment=called, y=stayed, p=np.full(len(x), 0.5), seed=0)
    return model.predict(of).ravel()


def of_sklift(make):
    return lambda x, called, stayed, of: make().fit(x, stayed, called).predict(of)


LEARNERS = {
    "SLearner": of_sklift(lambda: SoloModel(classifier())),
    "TLearner": of_sklift(lambda: TwoModels(classifier(), classifier())),
    "XLearner": x_learner,
    "DRLearner": dr_learner,
    "ClassTransformation": of_sklift(lambda: ClassTransformation(classifier())),
    "UpliftForest": forest,
}

correlations = {name: [] for name in LEARNERS}
for seed in range(N_SETS):
    random = np.random.default_rng(seed)
    x, called, stayed, _ = data(2500, random)
    of, _, _, effects = data(2000, random)
    for name, predict in LEARNERS.items():
        correlations[name].append(np.corrcoef(predict(x, called, stayed, of), effects)[0, 1])

result = {
    "scikit-uplift": version("scikit-uplift"),
    "causalml": version("causalml"),
    "correlations": {
        name: {"mean": float(np.mean(each)), "deviation": float(np.std(each, ddof=1))}
        for name, each in correlations.items()
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=2) + "\n")
