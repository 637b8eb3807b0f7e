"""Writes scores.json: what scikit-survival's metrics say of predictions, on durations that are drawn here.

Run: python scores.py
"""

import json
from pathlib import Path

import numpy as np
import sksurv
from sksurv.metrics import (
    brier_score,
    concordance_index_censored,
    concordance_index_ipcw,
    cumulative_dynamic_auc,
    integrated_brier_score,
)
from sksurv.util import Surv

random = np.random.default_rng(1)


def draw(n, digits):
    """Events may tie with each other, but not with a censoring: there scikit-survival weights an event by the censoring that follows it."""
    risk = random.normal(size=n)
    times = random.weibull(1.3, n) * 10 * np.exp(-0.7 * risk)
    cut = random.exponential(14, n)
    events = times <= cut
    durations = np.where(events, np.maximum(np.round(times, digits), 0.1), np.round(cut, 3) + 0.0005)
    return durations, events, np.round(risk + random.normal(size=n) / 2, 1 if digits < 3 else 6)


def listed(values):
    return np.asarray(values, dtype=float).tolist()


cases = []
for digits in (0, 6):
    for separate in (False, True):
        durations, events, risk = draw(90, digits)
        learned = draw(120, digits)[:2] if separate else (durations, events)
        if separate:  # Beyond the last of training the censoring is not known.
            learned = (np.append(learned[0], 99.0005), np.append(learned[1], False))
        y, train = Surv.from_arrays(events, durations), Surv.from_arrays(learned[1], learned[0])
        times = np.quantile(durations[events], [0.1, 0.3, 0.5, 0.7])
        times = np.round(times, 3) + 0.0001
        survival = np.exp(-np.outer(np.exp(0.6 * risk), (times / 10) ** 1.2))
        per_time = risk[:, None] + random.normal(size=survival.shape) / 3
        tau = float(times[-1])
        case = {
            "digits": digits,
            "durations": listed(durations),
            "events": events.astype(int).tolist(),
            "train": {"durations": listed(learned[0]), "events": learned[1].astype(int).tolist()} if separate else None,
            "risk": listed(risk),
            "times": listed(times),
            "tau": tau,
            "survival": [listed(column) for column in survival.T],
            "riskPerTime": [listed(column) for column in per_time.T],
            "harrell": float(concordance_index_censored(events, durations, risk)[0]),
            "uno": float(concordance_index_ipcw(train, y, risk, tau=tau)[0]),
            "brier": listed(brier_score(train, y, survival, times)[1]),
            "integrated": float(integrated_brier_score(train, y, survival, times)),
        }
        areas = {}
        for name, scores in (("auc", risk), ("aucPerTime", per_time)):
            auc, mean = cumulative_dynamic_auc(train, y, scores, times)
            areas[name] = {"auc": listed(auc), "mean": float(mean)}
        cases.append(case | areas)

lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
Path(__file__).with_suffix(".json").write_text(f'{{"scikitSurvival":"{sksurv.__version__}","cases":[\n{lines}\n]}}\n')
