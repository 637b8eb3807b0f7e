"""What src/seeds.ts measures, with scikit-learn."""
import json

from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from split import test, train, y_test, y_train

figures = {}
for depth in [4, 5, None]:
    for criterion in ["gini", "entropy"]:
        figures[f"{criterion}, {f'depth {depth}' if depth else 'any depth'}"] = [
            roc_auc_score(y_test, forest.predict_proba(test)[:, 1])
            for forest in (
                RandomForestClassifier(200, criterion=criterion, max_depth=depth, random_state=seed).fit(train, y_train)
                for seed in range(30)
            )
        ]
print(json.dumps(figures))
