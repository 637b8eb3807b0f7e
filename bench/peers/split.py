"""The rows of src/split.ts, processed likewise."""
import sys

import numpy as np
import pandas as pd
from sklearn.preprocessing import PowerTransformer, StandardScaler

data = pd.read_csv(sys.argv[1])
y = (data["Attrition_Flag"] == "Attrited Customer").to_numpy().astype(int)
x = data.drop(columns=["Unnamed: 0", "CLIENTNUM", "Attrition_Flag"], errors="ignore")
is_test = np.arange(len(x)) % 10 < 3
numeric = list(x.select_dtypes("number"))
x = x.astype({name: float for name in numeric})
x[numeric] = x[numeric].fillna(x.loc[~is_test, numeric].mean())
skew = x.loc[~is_test, numeric].skew()
skewed = [name for name in numeric if abs(skew[name]) > 0.75]
x[skewed] = PowerTransformer(standardize=False).fit(x.loc[~is_test, skewed]).transform(x[skewed])
for name in [name for name in x if name not in numeric]:
    ratios = pd.Series(y[~is_test], x.index[~is_test]).groupby(x.loc[~is_test, name]).mean()
    x[name] = x[name].map(ratios).astype(float).fillna(y[~is_test].mean())
scaler = StandardScaler().fit(x[~is_test])
train, test = scaler.transform(x[~is_test]), scaler.transform(x[is_test])
y_train, y_test = y[~is_test], y[is_test]
