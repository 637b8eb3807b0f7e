"""Recomputes shap_classes.json, beside this file: SHAP values of a decision tree of three classes by the shap package.

    python shap_classes.py

Needs scikit-learn and shap.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# A script beside this one would hide the package of its name.
sys.path = [path for path in sys.path if pathlib.Path(path or ".").resolve() != HERE.resolve()]

import numpy as np
import shap
import sklearn
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(8)
# So few values that none lies in a gap between the rows of a node, where two libraries may put a threshold on either side of it.
x = rng.integers(-2, 3, size=(200, 4)) / 2
y = np.digitize(x[:, 0] + 0.7 * x[:, 1] * x[:, 2] + 0.4 * rng.normal(size=200), [-0.5, 0.5])
weight = np.round(rng.uniform(0.2, 3, size=200), 6)
tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=12, random_state=0).fit(x, y, sample_weight=weight)
explainer = shap.TreeExplainer(tree, feature_perturbation="tree_path_dependent")
values = explainer.shap_values(x[:80])
result = {
    "source": f"shap {shap.__version__}, scikit-learn {sklearn.__version__}; made by shap_classes.py",
    "maxDepth": 4,
    "minSamplesLeaf": 12,
    "x": x.tolist(),
    "y": y.tolist(),
    "weight": weight.tolist(),
    "probabilities": np.round(tree.predict_proba(x[:80]), 10).T.tolist(),
    "expectedValues": [float(value) for value in explainer.expected_value],
    "values": np.round(np.moveaxis(values, 2, 0), 10).tolist(),
}
(HERE / "shap_classes.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
