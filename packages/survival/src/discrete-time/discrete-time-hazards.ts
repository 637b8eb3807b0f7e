import {
  ChurnError,
  type Classifier,
  classifierParameter,
  Durations,
  type DurationsLike,
  type FitOptions,
  type FittedClassifier,
  type FittedSurvivalModel,
  inRawRows,
  integerParameter,
  type JsonObject,
  Labels,
  type OptionsOf,
  packArray,
  type Restorable,
  readOptions,
  required,
  requireParameter,
  requireTable,
  requireTargetPerRow,
  restorePart,
  type SettingsOf,
  type StateReader,
  type SurvivalModel,
  sampleWeights,
  savedPart,
  type Table,
  type TableSchema,
  textParameter,
  withDefault,
} from '@churn/core';
import { restrictedMeans, survivalAtEnds, survivalBetween } from './hazard-curves.js';
import { intervalEnds } from './interval-grid.js';
import { personPeriods } from './person-periods.js';

const parameters = {
  /**
   * The classifier that learns the hazards, such as `GradientBoostingClassifier`; a `Pipeline` is allowed. It sees the column
   * `timeColumn`.
   */
  classifier: required(classifierParameter()),
  /** The number of intervals, at least 1; fewer if there are fewer event times. Each contains about equally many events. Default 20. */
  nIntervals: withDefault(integerParameter({ from: 1 }), 20),
  /** The name of the column with the end of the interval for the classifier; the table must not have such a column. Default `'time'`. */
  timeColumn: withDefault(textParameter(), 'time'),
};

export type DiscreteTimeHazardsOptions = OptionsOf<typeof parameters>;

/**
 * A survival model based on any classifier: it estimates the hazard of an interval, the probability that the event occurs in it if it has
 * not occurred before, from one row for each interval under observation (Cox, 1972; Allison, 1982; Tutz and Schmid, 2016). The time is a
 * feature like others, so that trees learn hazards that are not proportional. Calibrated probabilities of the classifier make calibrated
 * survival.
 *
 * What changes over time comes in several rows: each holds from its `entry` to its duration, and only the last may have an event. Such
 * rows are predicted as if they held from the start.
 *
 * ```ts
 * const model = new DiscreteTimeHazards({ classifier: new GradientBoostingClassifier() }).fit(x, { durations, events });
 * model.predictSurvival(x, [30, 90]);
 * await loadModel(file, [DiscreteTimeHazards, GradientBoostingClassifier]);
 * ```
 */
export class DiscreteTimeHazards implements SurvivalModel<FittedDiscreteTimeHazards> {
  readonly role = 'survival';
  static readonly type = 'DiscreteTimeHazards';
  static readonly parameters = parameters;
  /** Everything that the inner classifier accept. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly classifier: Classifier;
  readonly options: Omit<SettingsOf<typeof parameters>, 'classifier'>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: DiscreteTimeHazardsOptions) {
    const { classifier, ...settings } = readOptions(parameters, options);
    this.classifier = classifier;
    this.options = settings;
  }

  /** @throws `model-file` if the state is not one of such a model, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedDiscreteTimeHazards {
    const times = state.packed('times', Float64Array, { above: 0 });
    const areRising = times.length > 0 && times.every((time, k) => k === 0 || time > times[k - 1]);
    state.expect(areRising, 'times', 'one time or more, ascending');
    const classifier = restorePart(state.child('classifier'), classes, 'classifier');
    const isOfEvents =
      classifier.classes.length === 2 && classifier.classes[0] === false && classifier.classes[1] === true;
    state.expect(isOfEvents, 'classifier', 'one of the classes false and true');
    return new FittedDiscreteTimeHazards(times, state.string('timeColumn'), classifier);
  }

  /**
   * Learns from rows `x` and their durations. Sample weights count in the intervals and in the fit of the classifier, which must take
   * them if a row is censored or comes under observation within an interval.
   *
   * @throws `invalid-target` for durations that are none, and without an event after 0; `invalid-data` if `y` or the weights are not one
   * per row; `invalid-parameter` if `x` has the column `timeColumn`; and the errors of the classifier.
   */
  fit(x: Table, y: DurationsLike, options: FitOptions = {}): FittedDiscreteTimeHazards {
    const { nIntervals, timeColumn } = this.options;
    requireTable(x);
    const durations = Durations.from(y);
    requireTargetPerRow(x, durations);
    const free = `a name that no column of the table has`;
    requireParameter(!x.has(timeColumn), 'timeColumn', free, timeColumn);
    const given = sampleWeights(options, x.nRows);
    const ends = intervalEnds(durations, given ?? new Float64Array(x.nRows).fill(1), nIntervals);
    const { rows, intervals, events, exposure } = personPeriods(durations, ends);
    const labels = Labels.from(events, [false, true]);
    if (!events.includes(false))
      throw new ChurnError(
        'invalid-target',
        'DiscreteTimeHazards: expected rows that outlast an interval, got none',
      );
    const weights = exposure.map((share, i) => share * (given?.[rows[i]] ?? 1));
    const table = x.take(rows).with({ [timeColumn]: Float64Array.from(intervals, (k) => ends[k]) });
    const fitOptions = weights.some((weight) => weight !== 1) ? { sampleWeight: weights } : undefined;
    try {
      return new FittedDiscreteTimeHazards(ends, timeColumn, this.classifier.fit(table, labels, fitOptions));
    } catch (error) {
      throw inRawRows(error, { x, rows, steps: [] });
    }
  }
}

/** Hazards by interval that a classifier has learned. */
export class FittedDiscreteTimeHazards implements FittedSurvivalModel {
  readonly role = 'survival';
  readonly type = DiscreteTimeHazards.type;

  constructor(
    /** The ends of the intervals, ascending; the first one starts at 0. */
    readonly times: Float64Array,
    readonly timeColumn: string,
    /** What tells the probability of an event, `true`, within an interval. */
    readonly classifier: FittedClassifier,
  ) {}

  get state(): JsonObject {
    const { times, timeColumn, classifier } = this;
    return { times: packArray(times), timeColumn, classifier: savedPart(classifier) };
  }

  get features(): readonly string[] {
    return this.classifier.features.filter((name) => name !== this.timeColumn);
  }

  get schema(): TableSchema | undefined {
    return this.classifier.schema?.filter(({ name }) => name !== this.timeColumn);
  }

  /**
   * The probability that the event occurs in each interval if it has not occurred before: one array per interval, with one number per
   * row.
   */
  predictHazards(x: Table): Float64Array[] {
    requireTable(x);
    return Array.from(this.times, (end) => {
      const table = x.with({ [this.timeColumn]: new Float64Array(x.nRows).fill(end) });
      return Float64Array.from(this.classifier.predictProba(table)[1]);
    });
  }

  /** The time that each row is expected to lose to the event up to the last of `times`: the higher, the sooner the event. */
  predict(x: Table): Float64Array {
    const hazards = this.predictHazards(x);
    const last = this.times[this.times.length - 1];
    return restrictedMeans(this.times, hazards, survivalAtEnds(hazards)).map((mean) => last - mean);
  }

  /**
   * The probability that the event occurs after each of `times`: one array per time, with one number per row. The rate is constant within
   * an interval; after the last one, of which nothing is known, survival stays as it is.
   *
   * @throws `invalid-parameter` for a time that is not a number of at least 0; and the errors of the classifier.
   */
  predictSurvival(x: Table, times: ArrayLike<number>): Float64Array[] {
    const at = Float64Array.from(times);
    const areTimes = at.every((time) => time >= 0);
    requireParameter(areTimes, 'times', 'times of at least 0', times);
    const hazards = this.predictHazards(x);
    const survival = survivalAtEnds(hazards);
    return Array.from(at, (time) => survivalBetween(this.times, hazards, survival, time));
  }
}
