"""Recomputes shap.json, beside this file: SHAP values of a decision tree by the shap package.

    python shap.py

Needs scikit-learn and shap. The script is run from another folder, so that it does not hide the package of its name.
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path = [path for path in sys.path if pathlib.Path(path or ".").resolve() != HERE.resolve()]

import numpy as np
import shap
import sklearn
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(5)
x = np.round(rng.normal(size=(250, 4)), 2)
y = (x[:, 0] + 0.7 * x[:, 1] * x[:, 2] + 0.4 * rng.normal(size=250) > 0).astype(int)
tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=10, random_state=0).fit(x, y)
explainer = shap.TreeExplainer(tree, feature_perturbation="tree_path_dependent")
values = explainer.shap_values(x)[:, :, 1]
interactions = explainer.shap_interaction_values(x[:40])[..., 1]
result = {
    "source": f"shap {shap.__version__}, scikit-learn {sklearn.__version__}; made by shap.py",
    "maxDepth": 3,
    "minSamplesLeaf": 10,
    "x": x.tolist(),
    "y": y.tolist(),
    "probabilities": tree.predict_proba(x)[:, 1].tolist(),
    "expectedValue": float(explainer.expected_value[1]),
    "values": np.round(values, 10).tolist(),
    "interactions": np.round(interactions, 10).tolist(),
}
(HERE / "shap.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
