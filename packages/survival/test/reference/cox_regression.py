"""Writes cox_regression.json: Cox regressions of lifelines and scikit-survival on generated data, with ties, weights, strata, left
truncation and penalties. lifelines standardises columns before it penalises them, so those of its penalised fits come standardised.

Run: python cox_regression.py
"""

import json
import warnings
from pathlib import Path

import lifelines
import numpy as np
import pandas as pd
import sksurv
from lifelines import CoxPHFitter
from lifelines.statistics import proportional_hazard_test
from sksurv.linear_model import CoxnetSurvivalAnalysis, CoxPHSurvivalAnalysis
from sksurv.util import Surv

warnings.simplefilter("ignore")
random = np.random.default_rng(26)
N = 90
COLUMNS = ["a", "b", "c"]
# All steps are taken: its tests of convergence leave the last digits open.
EXACT = {"precision": 1e-30, "r_precision": -1, "step_size": 0.999, "max_steps": 60}


def generate(ties):
    x = np.column_stack([random.normal(size=N), random.normal(size=N) * 5 + 3, random.integers(0, 3, N)]).round(3)
    scale = np.exp(-(x @ [0.7, -0.1, 0.4]))
    time, censored = random.exponential(10 * scale), random.exponential(12, N)
    observed = np.minimum(time, censored)
    return {
        "x": dict(zip(COLUMNS, x.T.tolist())),
        "durations": (np.ceil(observed) if ties else observed.round(6) + 1e-6).tolist(),
        "events": (time <= censored).astype(int).tolist(),
    }


def frame(data, options):
    table = pd.DataFrame(data["x"]).assign(T=data["durations"], E=data["events"])
    for name in ("weights", "entry", "stratum"):
        if name in options:
            table[name] = data[name]
    return table


def with_lifelines(name, data, **options):
    table = frame(data, options)
    strata = {"strata": ["stratum"]} if "stratum" in options else {}
    penalizer = options.get("penalizer", 0)
    model = CoxPHFitter(penalizer=penalizer, l1_ratio=0).fit(
        table,
        "T",
        "E",
        weights_col="weights" if "weights" in options else None,
        entry_col="entry" if "entry" in options else None,
        fit_options=EXACT,
        **strata,
    )
    case = {
        "options": {"ties": "efron", "alpha": penalizer, **strata},
        "uses": [key for key in ("weights", "entry") if key in options],
        "coefficients": model.params_.tolist(),
        "covariance": model.variance_matrix_.values.tolist(),
        "p": model.summary["p"].tolist(),
        "lower": model.summary["coef lower 95%"].tolist(),
        "upper": model.summary["coef upper 95%"].tolist(),
    }
    if penalizer == 0:
        test = model.log_likelihood_ratio_test()
        case["logLikelihood"] = float(model.log_likelihood_)
        case["likelihoodRatioTest"] = [float(test.test_statistic), float(test.p_value)]
    if "entry" not in options:
        times = sorted(set(data["durations"]))[5::9]
        # Hazards of lifelines know nothing of entries.
        case["times"] = times
        case["survival"] = model.predict_survival_function(table.head(6), times=times)[range(6)].values.tolist()
    if "entry" not in options and "weights" not in options:
        case["concordance"] = float(model.concordance_index_)
    # lifelines does not heed weights here, and ranks events at one time by the order of their rows.
    if not options:
        case["proportionalHazards"] = {
            transform: [test.test_statistic.tolist(), test.p_value.tolist()]
            for transform in ("km", "identity", "log", *(["rank"] if name == "no ties" else []))
            for test in [proportional_hazard_test(model, table, time_transform=transform)]
        }
    return {"name": f"lifelines, {name}", "data": data, **case}


def with_scikit_survival(name, data, ties="efron", alpha=0.0):
    x = pd.DataFrame(data["x"])
    y = Surv.from_arrays(np.array(data["events"], dtype=bool), data["durations"])
    model = CoxPHSurvivalAnalysis(alpha=alpha, ties=ties, tol=1e-15, n_iter=200).fit(x, y)
    times = sorted(set(data["durations"]))[5::9]
    return {
        "name": f"scikit-survival, {name}",
        "data": data,
        # There the likelihood is not divided by the number of rows.
        "options": {"ties": ties, "alpha": alpha / N},
        "uses": [],
        "coefficients": model.coef_.tolist(),
        "times": times,
        "survival": np.array([step(times) for step in model.predict_survival_function(x.head(6))]).T.tolist(),
        "concordance": float(model.score(x, y)),
    }


def with_coxnet(name, data, alphas, l1_ratio):
    x = pd.DataFrame(data["x"])
    y = Surv.from_arrays(np.array(data["events"], dtype=bool), data["durations"])
    model = CoxnetSurvivalAnalysis(alphas=alphas, l1_ratio=l1_ratio, tol=1e-16, max_iter=10**7).fit(x, y)
    return [
        {
            "name": f"coxnet, {name}",
            "data": data,
            "options": {"ties": "breslow", "alpha": alpha, "l1Ratio": l1_ratio},
            "uses": [],
            "coefficients": coefficients.tolist(),
        }
        for alpha, coefficients in zip(alphas, model.coef_.T)
    ]


def standardised(data):
    x = pd.DataFrame(data["x"])
    return {**data, "x": ((x - x.mean()) / x.std()).to_dict("list")}


plain, tied = generate(False), generate(True)
tied["weights"] = (random.integers(1, 9, N) / 4).tolist()
tied["entry"] = np.floor(np.array(tied["durations"]) * random.uniform(0, 0.95, N)).tolist()
tied["stratum"] = random.integers(0, 3, N).tolist()

cases = [
    with_lifelines("no ties", plain),
    with_lifelines("ties", tied),
    with_lifelines("weights", tied, weights=True),
    with_lifelines("strata", tied, stratum=True),
    with_lifelines("left truncation", tied, entry=True),
    with_lifelines("weights, left truncation and strata", tied, weights=True, entry=True, stratum=True),
    with_lifelines("weights and strata", tied, weights=True, stratum=True),
    with_lifelines("l2", standardised(tied), penalizer=0.1),
    with_lifelines("l2 of weights", standardised(tied) | {"weights": [1.0] * N}, penalizer=0.03, weights=True),
    with_scikit_survival("no ties", plain),
    with_scikit_survival("Breslow's ties", tied, ties="breslow"),
    with_scikit_survival("Efron's ties", tied),
    with_scikit_survival("l2", tied, alpha=3.0),
    *with_coxnet("l1", standardised(tied), [0.2, 0.1, 0.02], 1.0),
    *with_coxnet("elastic net", standardised(tied), [0.3, 0.05], 0.5),
]

sets = []
for case in cases:
    data = case.pop("data")
    if data not in sets:
        sets.append(data)
    case["set"] = sets.index(data)

lines = [",\n".join(json.dumps(each, separators=(",", ":")) for each in part) for part in (sets, cases)]
versions = f'"lifelines":"{lifelines.__version__}","scikitSurvival":"{sksurv.__version__}"'
Path(__file__).with_suffix(".json").write_text(f'{{{versions},"sets":[\n{lines[0]}\n],"cases":[\n{lines[1]}\n]}}\n')
