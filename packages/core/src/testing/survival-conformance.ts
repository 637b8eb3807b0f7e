import { Durations, type DurationsLike } from '../durations.js';
import type { Restorable } from '../restore.js';
import type { FittedSurvivalModel, SurvivalModel } from '../survival-model.js';
import { type ConformanceCheck, refuses, same } from './check.js';
import { type CommonSubject, modelConformance } from './model-conformance.js';

/** The subject of the conformance checks of a survival model. */
export interface SurvivalSubject extends CommonSubject<Durations> {
  readonly model: SurvivalModel;
  readonly restorable: Restorable<FittedSurvivalModel>;
  readonly y: DurationsLike;
}

/** The checks that every survival model passes, for any test runner. */
export function survivalConformance({ model, y, ...subject }: SurvivalSubject): ConformanceCheck[] {
  const { x } = subject;
  const durations = Durations.from(y);
  const middle = [...durations.values].sort((a, b) => a - b)[durations.length >> 1];
  const longest = durations.values.reduce((a, b) => Math.max(a, b));
  return [
    ...modelConformance<Durations>({
      ...subject,
      model,
      y: durations,
      unequalWeights: durations.values.map((value) => (value < middle ? 9 : 1)),
      isOutput: Number.isFinite,
    }),
    {
      name: 'returns a finite risk score for each row',
      run() {
        const risk = model.fit(x, durations).predict(x);
        same(risk.length, x.nRows, 'the number of predictions');
        if (!risk.every(Number.isFinite)) throw new Error('a risk score is not a number');
      },
    },
    {
      name: 'returns survival curves that start at 1 and do not rise',
      run() {
        const times = Array.from({ length: 41 }, (_, i) => (i * 1.2 * longest) / 40);
        const curves = model.fit(x, durations).predictSurvival(x, times);
        same(curves.length, times.length, 'the number of times');
        if (!curves[0].every((s) => s === 1)) throw new Error('survival does not start at 1');
        curves.forEach((curve, i) => {
          const before = curves[Math.max(i - 1, 0)];
          if (curve.length !== x.nRows || !curve.every((s, row) => s >= 0 && s <= before[row]))
            throw new Error(`survival is not one falling probability per row at ${times[i]}`);
        });
      },
    },
    {
      name: 'has ascending times',
      run() {
        const times = Array.from(model.fit(x, durations).times);
        if (!times.every((time, i) => i === 0 || time > times[i - 1]))
          throw new Error('times are not ascending');
      },
    },
    {
      name: 'rejects numeric targets, and durations that are negative or without an event',
      run() {
        const values = durations.values;
        refuses(() => model.fit(x, values as never), 'invalid-target');
        const negative = values.map((value, row) => (row === 1 ? -value - 1 : value));
        refuses(() => model.fit(x, { durations: negative, events: durations.events }), 'invalid-target');
        refuses(() => model.fit(x, { durations: values, events: values.map(() => 0) }), 'invalid-target');
      },
    },
  ];
}
