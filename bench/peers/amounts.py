"""Fits one peer, by its defaults, to the amounts of a split of a data set, and prints its figures.

Usage: amounts.py PEER TRAIN TEST TARGET.
"""
import json
import os
import resource
import sys
import warnings

import numpy as np
import pandas as pd
from boosters import Rows, boosters

warnings.filterwarnings("ignore")
peer, train_file, test_file, target = sys.argv[1:]
train, test = pd.read_csv(train_file), pd.read_csv(test_file)
y_train, y_test = (frame[target].to_numpy(dtype=float) for frame in (train, test))
predicted = boosters(Rows(train, test, target), y_train, "Regressor")[peer]()
spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
figures = {
    "rmse": float(np.sqrt(np.mean((y_test - predicted) ** 2)) / y_test.std()),
    "mae": float(np.mean(np.abs(y_test - predicted)) / y_test.std()),
    "seconds": sum(each.ru_utime + each.ru_stime for each in spent),
}
sys.stdout.flush()
print(json.dumps(figures), flush=True)
# Threads of some peers outlive what they were started for.
os._exit(0)
