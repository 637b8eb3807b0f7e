"""Writes metrics.json: curves and areas of scikit-uplift and causalml, and policy values by their formulas, on generated data
with and without ties, and with effects of either sign.

Run: python metrics.py
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from causalml.metrics import auuc_score, get_cumgain, get_qini, qini_score
from sklift import metrics

warnings.simplefilter("ignore")
random = np.random.default_rng(27)


def draw(n, share, decimals):
    x = random.normal(size=n)
    treated = (random.uniform(size=n) < share).astype(int)
    outcome = (random.uniform(size=n) < 0.35 + 0.15 * np.tanh(x) * treated).astype(int)
    uplift = 0.3 * np.tanh(x) + 0.3 * random.normal(size=n)
    return outcome, uplift if decimals is None else uplift.round(decimals), treated


def figures(name, n, share, decimals):
    y, uplift, treated = draw(n, share, decimals)
    frame = pd.DataFrame({"y": y, "w": treated, "model": uplift})
    result = {"name": name, "y": y.tolist(), "uplift": uplift.tolist(), "treated": treated.tolist()}
    for curve in ["uplift_curve", "qini_curve"]:
        nListed, values = getattr(metrics, curve)(y, uplift, treated)
        result[curve] = {"nListed": nListed.tolist(), "values": values.tolist()}
    result["upliftAuc"] = metrics.uplift_auc_score(y, uplift, treated)
    result["qiniAuc"] = metrics.qini_auc_score(y, uplift, treated)
    if decimals is not None:
        # Libraries order rows of equal uplift differently.
        return result
    result["upliftAtK"] = [
        {"k": k, "strategy": strategy, "value": metrics.uplift_at_k(y, uplift, treated, strategy=strategy.replace("-", "_"), k=k)}
        for strategy in ["overall", "by-group"]
        for k in [0.1, 0.3, 12]
    ]
    bins = metrics.uplift_by_percentile(y, uplift, treated, strategy="overall", bins=7, std=True)
    result["bins"] = [
        {
            "nTreated": int(row["n_treatment"]),
            "nControl": int(row["n_control"]),
            "ofTreated": row["response_rate_treatment"],
            "ofControl": row["response_rate_control"],
            "uplift": row["uplift"],
            "standardError": row["std_uplift"],
        }
        for _, row in bins.iterrows()
    ]
    keys = {"outcome_col": "y", "treatment_col": "w"}
    result["causalml"] = {
        "gain": get_cumgain(frame, **keys)["model"].tolist(),
        "qini": get_qini(frame, **keys)["model"].tolist(),
        "auuc": float(auuc_score(frame, **keys)["model"]),
        "qiniScore": float(qini_score(frame, normalize=False, **keys)["model"]),
    }
    return result


def policies(n):
    x = random.normal(size=n)
    propensity = 0.2 + 0.6 * random.uniform(size=n)
    treated = (random.uniform(size=n) < propensity).astype(int)
    target_values = 10 + 3 * x + 4 * x * treated + random.normal(size=n)
    policy = (x > 0.2).astype(int)
    ofTreated, ofControl = 10 + 6 * x, 9.5 + 3 * x
    follows = treated == policy
    byPropensity = follows * target_values / np.where(treated == 1, propensity, 1 - propensity)
    residual = target_values - np.where(treated == 1, ofTreated, ofControl)
    robust = np.where(policy == 1, ofTreated, ofControl) + follows * residual / np.where(treated == 1, propensity, 1 - propensity)
    estimates = {
        name: {"value": terms.mean(), "standardError": terms.std(ddof=1) / np.sqrt(n)}
        for name, terms in {"byPropensity": byPropensity, "doublyRobust": robust}.items()
    }
    lists = {
        "amounts": target_values,
        "treated": treated,
        "propensity": propensity,
        "policy": policy,
        "ofTreated": ofTreated,
        "ofControl": ofControl,
    }
    return {**{name: values.tolist() for name, values in lists.items()}, **estimates}


CASES = [("distinct", 160, 0.5, None), ("ties", 160, 0.4, 1), ("fewer treated", 150, 0.3, None)]
result = {
    "scikit-uplift": version("scikit-uplift"),
    "causalml": version("causalml"),
    "cases": [figures(*case) for case in CASES],
    "policy": policies(120),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
