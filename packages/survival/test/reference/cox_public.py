"""Writes cox_public.json: Cox regressions of lifelines on the sets that come with it, Rossi's recidivism (Rossi, Berk and Lenihan, 1980)
and lung cancer (Loprinzi et al., 1994). The sets stay where they are: `python cox_public.py data` prints them.

Run: python cox_public.py
"""

import json
import sys
import warnings
from pathlib import Path

import lifelines
from lifelines import CoxPHFitter
from lifelines.datasets import load_lung, load_rossi
from lifelines.statistics import proportional_hazard_test

warnings.simplefilter("ignore")
# All steps are taken: its tests of convergence leave the last digits open.
EXACT = {"precision": 1e-30, "r_precision": -1, "step_size": 0.999, "max_steps": 60}

rossi = load_rossi().rename(columns={"week": "T", "arrest": "E"})
lung = load_lung().rename(columns={"time": "T", "status": "E"})
lung = lung[["T", "E", "age", "sex", "ph.ecog", "ph.karno", "wt.loss"]].dropna().reset_index(drop=True).astype(float)
SETS = {"rossi": rossi, "lung": lung}
CASES = [("rossi", []), ("rossi", ["wexp"]), ("lung", []), ("lung", ["sex"])]


def figures(name, strata):
    table = SETS[name]
    model = CoxPHFitter().fit(table, "T", "E", strata=strata or None, fit_options=EXACT)
    times = sorted(table["T"].unique())[3::15]
    return {
        "set": name,
        "strata": strata,
        "nRows": len(table),
        "coefficients": model.params_.tolist(),
        "standardErrors": model.standard_errors_.tolist(),
        "logLikelihood": float(model.log_likelihood_),
        "concordance": float(model.concordance_index_),
        "times": [float(time) for time in times],
        "survival": model.predict_survival_function(table.head(5), times=times)[range(5)].values.tolist(),
        "proportionalHazards": None
        if strata
        else proportional_hazard_test(model, table, time_transform="km").test_statistic.tolist(),
    }


if sys.argv[1:] == ["data"]:
    print(json.dumps({name: table.to_dict("list") for name, table in SETS.items()}))
else:
    lines = ",\n".join(json.dumps(figures(*case), separators=(",", ":")) for case in CASES)
    text = f'{{"lifelines":"{lifelines.__version__}","cases":[\n{lines}\n]}}\n'
    Path(__file__).with_suffix(".json").write_text(text)
