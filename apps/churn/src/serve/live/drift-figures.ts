import { compareProfiles, type DriftOptions, estimatePerformance } from '@churn/monitor';
import { Gauge, Registry } from 'prom-client';
import { columnImportances } from '../../scoring/column-importances.js';
import type { Observer } from '../answered.js';
import type { ServedModel } from '../served-model.js';
import { RollingProfile, type RollingWindow } from './rolling-profile.js';

export interface DriftFiguresOptions {
  /** The current model. */
  readonly model: () => ServedModel;
  readonly window: RollingWindow;
  /** The thresholds of alerts. */
  readonly drift?: DriftOptions;
}

/** Drift of scored rows from the training data, for Prometheus. */
export interface DriftFigures {
  readonly observe: Observer;
  readonly registry: Registry;
}

/** The maximum age of metrics in a scrape. */
const FRESH_MS = 5000;

/**
 * Keeps a rolling profile of the rows scored by each model, and computes gauges from it on demand. A model without a reference has none. A
 * new model starts without rows.
 */
export function driftFigures({ model, window, drift }: DriftFiguresOptions): DriftFigures {
  const profiles = new WeakMap<ServedModel, RollingProfile>();
  const registry = new Registry();
  const { gauges, clear } = driftGauges(registry, () => refresh());
  let shown: ServedModel | undefined;
  let made = Number.NEGATIVE_INFINITY;

  const refresh = () => {
    const served = model();
    const now = performance.now();
    if (served === shown && now - made < FRESH_MS) return;
    shown = served;
    made = now;
    clear();
    const { hash, predicts, reference } = served;
    gauges.info.set({ model: hash, predicts }, 1);
    if (reference) setGauges(gauges, served, profiles.get(served), drift);
  };

  return {
    registry,
    observe(answered) {
      const { served } = answered;
      const { reference } = served;
      if (!reference) return;
      const profile = profiles.get(served) ?? new RollingProfile(reference, window);
      profiles.set(served, profile);
      profile.add(answered);
    },
  };
}

type Gauges = ReturnType<typeof driftGauges>['gauges'];

function setGauges(
  gauges: Gauges,
  served: ServedModel,
  profile: RollingProfile | undefined,
  drift: DriftOptions | undefined,
): void {
  const { reference } = served;
  const counts = profile?.counts();
  gauges.rows.set(counts?.rows ?? 0);
  if (!reference || !counts || counts.rows === 0) return;
  const importances = columnImportances(served);
  const options = { ...drift, ...(importances && { importances }) };
  const { columns, scores } = compareProfiles(reference, counts, options);
  for (const { name: column, psi, isAlert, missing, unseen, below, above } of columns) {
    if (psi !== null) gauges.psi.set({ column }, psi);
    gauges.alert.set({ column }, Number(isAlert));
    gauges.missing.set({ column }, missing.current);
    if (unseen) gauges.unseen.set({ column }, unseen.current);
    else gauges.outside.set({ column }, below + above);
  }
  for (const { name, psi, isAlert, mean } of scores) {
    const label = { class: name };
    if (psi !== null) gauges.scorePsi.set(label, psi);
    gauges.scoreAlert.set(label, Number(isAlert));
    if (mean) {
      gauges.score.set(label, mean.current);
      gauges.referenceScore.set(label, mean.reference);
    }
  }
  const { score } = reference;
  if (!score?.positives || !counts.scores?.rows) return;
  const { rocAuc, logLoss } = estimatePerformance(score, counts, { nResamples: 100 }).figures;
  for (const [figure, name] of [
    [rocAuc, 'rocAuc'],
    [logLoss, 'logLoss'],
  ] as const) {
    if (figure.value !== null) gauges[name].set(figure.value);
    if (figure.lower !== null) gauges[`${name}Lower`].set(figure.lower);
    if (figure.upper !== null) gauges[`${name}Upper`].set(figure.upper);
    if (figure.reference !== null) gauges[`${name}Reference`].set(figure.reference);
  }
}

/** The gauges, all of which are set when one is read, and a function that clears them. */
function driftGauges(registry: Registry, collect: () => void) {
  const clears: (() => void)[] = [];
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) => {
    const made = new Gauge<L>({ name, help, labelNames, registers: [registry], collect });
    clears.push(() => {
      made.reset();
      // A gauge without labels would be 0.
      if (labelNames.length === 0) made.remove();
    });
    return made;
  };
  const figure = (name: string, what: string) => [
    gauge(`churn_estimated_${name}`, `The ${what} on the rows of the window, estimated without labels`),
    gauge(`churn_estimated_${name}_lower`, `The lower end of the interval of churn_estimated_${name}`),
    gauge(`churn_estimated_${name}_upper`, `The upper end of the interval of churn_estimated_${name}`),
    gauge(`churn_reference_${name}`, `The ${what} on the rows held out in training`),
  ];
  const [rocAuc, rocAucLower, rocAucUpper, rocAucReference] = figure('roc_auc', 'ROC AUC');
  const [logLoss, logLossLower, logLossUpper, logLossReference] = figure('log_loss', 'log loss');
  const ofColumn = ['column'] as const;
  const ofClass = ['class'] as const;
  const gauges = {
    info: gauge('churn_model_info', 'The model that is served', ['model', 'predicts']),
    rows: gauge('churn_window_rows', 'Rows in the window that the figures of drift are of'),
    psi: gauge('churn_drift_psi', 'Population stability index of a column against training', ofColumn),
    alert: gauge('churn_drift_alert', 'Whether a column differs from training, 1 or 0', ofColumn),
    missing: gauge('churn_missing_share', 'Share of missing values', ofColumn),
    unseen: gauge('churn_unseen_share', 'Share of categories not seen in training', ofColumn),
    outside: gauge('churn_outside_share', 'Share of numbers beyond the training range', ofColumn),
    scorePsi: gauge('churn_score_psi', 'Population stability index of the scores against test rows', ofClass),
    scoreAlert: gauge(
      'churn_score_alert',
      'Whether the scores differ from those of test rows, 1 or 0',
      ofClass,
    ),
    score: gauge('churn_score_mean', 'Mean probability of a class, or mean prediction', ofClass),
    referenceScore: gauge(
      'churn_reference_score_mean',
      'Mean probability of a class, or mean prediction, on test rows',
      ofClass,
    ),
    rocAuc,
    rocAucLower,
    rocAucUpper,
    rocAucReference,
    logLoss,
    logLossLower,
    logLossUpper,
    logLossReference,
  };
  return {
    gauges,
    clear() {
      for (const each of clears) each();
    },
  };
}
