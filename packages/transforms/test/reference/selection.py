"""Writes selection.json: principal components and univariate scores by scikit-learn.

    python selection.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.feature_selection import RFE, chi2, f_classif, f_regression
from sklearn.tree import DecisionTreeClassifier

random = np.random.default_rng(5)
ROWS = 40
hidden = random.normal(size=(ROWS, 2))
x = hidden @ random.normal(size=(2, 5)) + 0.3 * random.normal(size=(ROWS, 5)) + [10, 20, 30, 40, 50]
classes = np.where(hidden[:, 0] > 0.5, 2, np.where(hidden[:, 1] > 0, 1, 0))
target_values = 3 * hidden[:, 0] + random.normal(size=ROWS)


def components(**options):
    pca = PCA(svd_solver="full", **options).fit(x)
    return {
        "components": pca.components_.tolist(),
        "explainedVariance": pca.explained_variance_.tolist(),
        "explainedVarianceRatio": pca.explained_variance_ratio_.tolist(),
        "first": pca.transform(x)[0].tolist(),
    }


figures = {
    "version": sklearn.__version__,
    "x": x.T.tolist(),
    "classes": classes.tolist(),
    "amounts": target_values.tolist(),
    "pca": {
        "all": components(),
        "two": components(n_components=2),
        "share": components(n_components=0.9),
        "whitened": components(n_components=3, whiten=True),
    },
    "fClassif": f_classif(x, classes)[0].tolist(),
    "fRegression": f_regression(x, target_values)[0].tolist(),
    "chi2": chi2(np.abs(x), classes)[0].tolist(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(figures) + "\n")
