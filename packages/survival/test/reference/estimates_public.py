"""Writes estimates_public.json: curves and tests of lifelines on the sets that `cox_public.py data` prints.

Run: python estimates_public.py
"""

import json
import subprocess
import sys
from pathlib import Path

import lifelines
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test

here = Path(__file__)
printed = subprocess.run([sys.executable, here.with_name("cox_public.py"), "data"], capture_output=True, check=True).stdout
cases = []
for name, by in (("rossi", "fin"), ("lung", "sex")):
    table = json.loads(printed)[name]
    km = KaplanMeierFitter().fit(table["T"], table["E"])
    times = sorted(set(table["T"]))[3::15]
    bounds = km.confidence_interval_.loc[times]
    result = multivariate_logrank_test(table["T"], table[by], table["E"])
    cases.append(
        {
            "set": name,
            "by": by,
            "times": [float(time) for time in times],
            "survival": km.survival_function_at_times(times).tolist(),
            "lower": bounds.iloc[:, 0].tolist(),
            "upper": bounds.iloc[:, 1].tolist(),
            "logRank": float(result.test_statistic),
        }
    )
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
here.with_suffix(".json").write_text(f'{{"lifelines":"{lifelines.__version__}","cases":[\n{lines}\n]}}\n')
