"""Writes peers.json: tests and distances by scipy, the stability index by Evidently, distances and estimated performance by NannyML, on small
generated samples, which are written along with the figures. Samples are counted in the bins that the peer chose.

Run: python peers.py
"""

import json
import os
import warnings
from pathlib import Path

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import evidently
import nannyml
import numpy as np
import pandas as pd
import scipy
from evidently.legacy.calculations.stattests.psi import _psi
from evidently.legacy.calculations.stattests.utils import get_binned_data
from evidently.legacy.calculations.stattests.wasserstein_distance_norm import _wasserstein_distance_norm
from evidently.legacy.core import ColumnType
from scipy import stats
from scipy.spatial.distance import jensenshannon

warnings.filterwarnings("ignore")
random = np.random.default_rng(24)


def rounded(values, digits=4):
    return np.round(values, digits).tolist()


samples = []
for name, reference, current in [
    ("shifted", random.normal(0, 1, 60), random.normal(0.5, 1, 45)),
    ("of one distribution", random.normal(0, 1, 200), random.normal(0, 1, 200)),
    ("with ties", random.poisson(2, 80), random.poisson(3, 50)),
    ("skewed", random.lognormal(0, 1, 300), random.lognormal(0.3, 1, 120)),
    ("apart", random.uniform(0, 1, 20), random.uniform(2, 3, 15)),
    ("very far apart in size", random.normal(0, 1, 500), random.normal(0, 2, 7)),
]:
    reference, current = rounded(reference), rounded(current)
    ks = stats.ks_2samp(reference, current, method="exact")
    en = len(reference) * len(current) / (len(reference) + len(current))
    samples.append(
        {
            "name": name,
            "reference": reference,
            "current": current,
            "ksStatistic": ks.statistic,
            "ksExact": ks.pvalue,
            "ksAsymptotic": stats.kstwobign.sf(ks.statistic * np.sqrt(en)),
            "wasserstein": stats.wasserstein_distance(reference, current),
            "normedWasserstein": _wasserstein_distance_norm(
                pd.Series(reference, dtype=float), pd.Series(current, dtype=float), ColumnType.Numerical, 0.1
            )[0],
        }
    )

tables = []
for name, reference, current in [
    ("alike", [50, 30, 20], [25, 16, 9]),
    ("unlike", [50, 30, 20, 5], [10, 30, 40, 6]),
    ("one cell empty", [40, 25, 0], [30, 20, 9]),
    ("many", random.integers(5, 90, 40).tolist(), random.integers(5, 90, 40).tolist()),
    ("large", [500_000, 300_000, 200_000], [501_000, 299_500, 199_700]),
]:
    chi2 = stats.chi2_contingency([reference, current], correction=False)
    tables.append(
        {
            "name": name,
            "reference": reference,
            "current": current,
            "chiSquare": chi2.statistic,
            "degreesOfFreedom": chi2.dof,
            "pValue": chi2.pvalue,
            "jensenShannon": jensenshannon(reference, current, base=2),
        }
    )

fisher = [
    {"table": [a, m, b, n], "pValue": stats.fisher_exact([[a, m - a], [b, n - b]]).pvalue}
    for a, m, b, n in [(3, 40, 9, 35), (0, 500, 4, 60), (12, 12, 5, 9), (30, 100_000, 4, 900), (7, 20, 7, 20)]
]
survival = {
    "chiSquare": [
        {"x": x, "freedom": k, "value": stats.chi2.sf(x, k)}
        for k in [1, 2, 3, 7, 40, 999]
        for x in [0.001, 0.5, 3.0, 20.0, 90.0, 1100.0]
    ],
    "kolmogorov": [{"x": x, "value": stats.kstwobign.sf(x)} for x in [0.2, 0.5, 0.8, 0.99, 1, 1.36, 2.5, 5]],
}

stability = []
for name, reference, current, kind in [
    ("numbers", random.normal(0, 1, 1000), random.normal(0.3, 1.2, 700), ColumnType.Numerical),
    ("few numbers", random.integers(0, 8, 500), random.integers(0, 9, 300), ColumnType.Numerical),
    ("levels", random.choice(list("abcde"), 400), random.choice(list("abcdf"), 250), ColumnType.Categorical),
]:
    reference, current = pd.Series(reference), pd.Series(current)
    before, now = get_binned_data(reference, current, kind, 30, False)
    stability.append(
        {
            "name": name,
            "reference": np.round(before * len(reference)).astype(int).tolist(),
            "current": np.round(now * len(current)).astype(int).tolist(),
            "psi": _psi(reference, current, kind, 0.1)[0],
        }
    )

# NannyML's Jensen-Shannon distances, whole samples as one chunk.
reference = pd.DataFrame({"x": random.normal(0, 1, 800), "level": random.choice(list("abc"), 800, p=[0.5, 0.3, 0.2])})
current = pd.DataFrame({"x": random.normal(0.4, 1, 300), "level": random.choice(list("abcd"), 300)})
calculator = nannyml.UnivariateDriftCalculator(
    column_names=["x", "level"],
    treat_as_categorical=["level"],
    continuous_methods=["jensen_shannon"],
    categorical_methods=["jensen_shannon"],
    chunk_number=1,
)
calculator.fit(reference)
found = calculator.calculate(current).filter(period="analysis").to_df()
bins = np.histogram_bin_edges(reference["x"], bins="doane")
inside = np.histogram(current["x"], bins)[0]
distances = [
    {
        "name": "numbers in Doane's bins, those outside last",
        "reference": [*np.histogram(reference["x"], bins)[0].tolist(), 0],
        "current": [*inside.tolist(), int(len(current) - inside.sum())],
        "jensenShannon": float(found[("x", "jensen_shannon", "value")].iloc[0]),
    },
    {
        "name": "levels",
        "reference": [int((reference["level"] == level).sum()) for level in "abcd"],
        "current": [int((current["level"] == level).sum()) for level in "abcd"],
        "jensenShannon": float(found[("level", "jensen_shannon", "value")].iloc[0]),
    },
]


# Performance estimated without labels: scores are overconfident, and the new rows are harder or easier to classify.
def scored(rows, scale):
    logit = random.normal(-0.5, scale, rows)
    y = random.binomial(1, 1 / (1 + np.exp(-logit)))
    return np.round(1 / (1 + np.exp(-1.5 * logit)), 3), y


estimates = []
for name, scale in [("as before", 1.5), ("harder", 0.8), ("easier", 2.2)]:
    p0, y0 = scored(1500, 1.5)
    p1, y1 = scored(1000, scale)
    frame = lambda p, y: pd.DataFrame({"p": p, "predicted": (p >= 0.5).astype(int), "y": y})
    metrics = ["roc_auc", "f1", "precision", "recall", "accuracy", "business_value"]
    estimator = nannyml.CBPE(
        problem_type="classification_binary",
        y_pred_proba="p",
        y_pred="predicted",
        y_true="y",
        metrics=metrics,
        business_value_matrix=np.array([[0, -1], [-5, 4]]),
        normalize_business_value=None,
        chunk_number=1,
    )
    estimator.fit(frame(p0, y0))
    out = estimator.estimate(frame(p1, y1)).filter(period="analysis").to_df()
    estimates.append(
        {
            "name": name,
            "reference": {"p": p0.tolist(), "y": y0.tolist()},
            "current": {"p": p1.tolist()},
            # NannyML counts the value of all rows; "per_prediction" would divide by those of each predicted class.
            "estimated": {
                metric: float(out[(metric, "value")].iloc[0]) / (len(p1) if metric == "business_value" else 1)
                for metric in metrics
            },
        }
    )

versions = {module.__name__: module.__version__ for module in (scipy, evidently, nannyml, np)}
figures = {
    "source": ", ".join(f"{name} {version}" for name, version in versions.items()) + "; made by peers.py",
    "samples": samples,
    "tables": tables,
    "fisher": fisher,
    "survival": survival,
    "stability": stability,
    "distances": distances,
    "estimates": estimates,
}
Path(__file__).with_name("peers.json").write_text(json.dumps(figures, separators=(",", ":"), default=float) + "\n")
