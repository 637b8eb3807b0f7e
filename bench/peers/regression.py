"""What src/regression.ts measures, with scikit-learn, LightGBM and lifelines: one thread, the same rows, seconds as JSON."""
import json
import os
import statistics
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter
from lightgbm import LGBMRegressor
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import ElasticNet, GammaRegressor, Lasso, LinearRegression, PoissonRegressor, Ridge

data = pd.read_csv(sys.argv[1])
covariates = [name for name in data if name.startswith("x")]
x = data[covariates].to_numpy()
amount, count, cost = (data[name].to_numpy() for name in ("amount", "count", "cost"))


def cox(times):
    frame = data[[*covariates, times, "left"]]
    return lambda: CoxPHFitter().fit(frame, times, "left")


# Each task with those that do it; the fastest counts.
tasks = {
    "linear regression": [lambda: LinearRegression().fit(x, amount)],
    "ridge, alpha = 1": [lambda: Ridge(alpha=1).fit(x, amount)],
    "lasso, alpha = 0.01": [lambda: Lasso(alpha=0.01).fit(x, amount)],
    "elastic net, alpha = 0.01": [lambda: ElasticNet(alpha=0.01).fit(x, amount)],
    "Poisson, alpha = 0.001": [
        lambda: PoissonRegressor(alpha=0.001).fit(x, count),
        lambda: PoissonRegressor(alpha=0.001, solver="newton-cholesky").fit(x, count),
    ],
    "Gamma, alpha = 0.001": [
        lambda: GammaRegressor(alpha=0.001).fit(x, cost),
        lambda: GammaRegressor(alpha=0.001, solver="newton-cholesky").fit(x, cost),
    ],
    "boosting, 300 rounds, 31 leaves": [
        lambda: HistGradientBoostingRegressor(max_iter=300, early_stopping=False).fit(x, amount),
        lambda: LGBMRegressor(n_estimators=300, n_jobs=1, verbose=-1).fit(x, amount),
    ],
    "forest, 20 trees": [lambda: RandomForestRegressor(20, random_state=1).fit(x, amount)],
    "Cox, distinct times": [cox("time")],
    "Cox, 52 times": [cox("weeks")],
    "Kaplan-Meier, distinct times": [lambda: KaplanMeierFitter().fit(data["time"], data["left"])],
}


def seconds(fit):
    runs = []
    while len(runs) < 2 or (len(runs) < 6 and runs[1] < 2):
        start = time.perf_counter()
        fit()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs[1:])


print(json.dumps({f"{name}: fit, seconds": min(map(seconds, fits)) for name, fits in tasks.items()}))
