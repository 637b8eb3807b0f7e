import {
  type Attributions,
  checkedPredictions,
  type FittedRegressor,
  type JsonObject,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { linkedValues, REGRESSION_LINKS, type RegressionLink } from './score-link.js';
import { TreeEnsemble } from './tree-ensemble.js';

/** The parts of a `TreeEnsembleRegressor`. */
export interface RegressionTreeEnsemble {
  readonly link: RegressionLink;
  readonly ensemble: TreeEnsemble;
}

/** A regressor of trees grown by another library; see `TreeEnsembleClassifier`. */
export class TreeEnsembleRegressor implements FittedRegressor {
  static readonly type = 'TreeEnsembleRegressor';
  readonly role = 'regressor';
  readonly type = TreeEnsembleRegressor.type;
  /** Exact SHAP values, if predictions are the scores themselves and the weights of the leaves are known. */
  readonly attributions?: (x: Table) => Attributions;
  /** The share of each feature in the total gain of the splits, if it is known. */
  readonly importances?: () => Float64Array;

  constructor(readonly parts: RegressionTreeEnsemble) {
    const { link, ensemble } = parts;
    const { importances } = ensemble.parts;
    if (importances) this.importances = () => Float64Array.from(importances);
    if (ensemble.hasCovers && link === 'identity') {
      this.attributions = (x) => ({ unit: 'amount', outputs: ensemble.contributions(x) });
    }
  }

  /** @throws `model-file` if `state` is not that of trees. */
  static restore(state: StateReader): TreeEnsembleRegressor {
    const link = state.oneOf('link', REGRESSION_LINKS);
    return new TreeEnsembleRegressor({ link, ensemble: TreeEnsemble.restore(state.child('ensemble'), 1) });
  }

  get state(): JsonObject {
    const { link, ensemble } = this.parts;
    return { link, ensemble: ensemble.state };
  }

  get features(): readonly string[] {
    return this.parts.ensemble.features.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.parts.ensemble.schema;
  }

  /** The score of each row, as the library returns it, before the link. @throws as `TreeEnsemble.scores`. */
  decisionFunction(x: Table): Float64Array {
    return this.parts.ensemble.scores(x)[0];
  }

  /** The value of each row. @throws as `TreeEnsemble.scores`; `invalid-data` if a prediction would overflow. */
  predict(x: Table): Float64Array {
    return checkedPredictions(x, this.features, linkedValues(this.parts.link, this.decisionFunction(x)));
  }
}
