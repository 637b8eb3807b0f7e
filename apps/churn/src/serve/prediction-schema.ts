import type { ServedClassModel, ServedModel } from './served-model.js';

/** The parts of the OpenAPI document that depend on the task. */
interface PredictionSchema {
  /** The predicted quantity: completes "The … of each row". */
  readonly what: string;
  /** The members of a prediction. */
  readonly properties: Readonly<Record<string, object>>;
  /** The members of an outcome. */
  readonly outcome: Readonly<Record<string, object>>;
  /** Additional members of an explanation. */
  readonly explained: Readonly<Record<string, object>>;
}

/** The schema of a model's predictions. */
export function predictionSchema(model: ServedModel): PredictionSchema {
  if (model.task === 'survival') return ofTimes(model.durations.horizons);
  return model.task === 'value' ? ofValues(model.interval) : ofClasses(model);
}

function ofClasses({
  classes,
  byGroup,
  uplift,
}: Pick<ServedClassModel, 'classes' | 'byGroup' | 'uplift'>): PredictionSchema {
  const isBinary = classes.length === 2;
  return {
    what: 'probability',
    properties: {
      probability: {
        type: 'number',
        minimum: 0,
        maximum: 1,
        description: isBinary ? `Of "${classes[1]}".` : 'Of the prediction.',
      },
      prediction: { enum: [...classes] },
      ...(byGroup && {
        threshold: {
          type: 'number',
          description: `The probability from which "${classes[1]}" is predicted, by the row's group in "${byGroup.by}".`,
        },
      }),
      ...(uplift && {
        uplift: {
          type: 'number',
          minimum: -1,
          maximum: 1,
          description: `The decrease of the probability by "${uplift.treatment.treated}" in "${uplift.treatment.column}".`,
        },
      }),
      ...(!isBinary && { probabilities: { type: 'object', additionalProperties: { type: 'number' } } }),
    },
    outcome: {
      label: { enum: [...classes], description: 'The actual outcome. If there are two, the later counts.' },
    },
    explained: {
      label: { enum: [...classes], description: 'The class whose probability is explained.' },
      unit: { enum: ['log-odds', 'probability'] },
    },
  };
}

function ofValues(interval: { readonly coverage: number } | undefined): PredictionSchema {
  const end = (which: string) => ({
    type: 'number',
    description: `The ${which} end of an interval that contains the value with a nominal probability of ${interval?.coverage}.`,
  });
  return {
    what: 'value',
    properties: {
      prediction: { type: 'number', description: 'In the unit of the target.' },
      ...(interval && { low: end('lower'), high: end('upper') }),
    },
    outcome: {
      label: { type: 'number', description: 'The actual outcome. If there are two, the later counts.' },
    },
    explained: { unit: { enum: ['amount'] } },
  };
}

function ofTimes(horizons: readonly number[]): PredictionSchema {
  const probability = { type: 'number', minimum: 0, maximum: 1 };
  const names = horizons.map(String);
  return {
    what: 'time',
    properties: {
      within: {
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, probability])),
        required: names,
        description:
          'The probability of the event within each horizon from now, by horizon in the unit of the durations.',
      },
      expectedTime: {
        type: 'number',
        minimum: 0,
        description: 'The expected time to the event, restricted to the last event time of the model.',
      },
      medianTime: {
        type: ['number', 'null'],
        minimum: 0,
        description:
          'The time within which the event occurs with a probability of one half; null if it is beyond the last event time of the model.',
      },
    },
    outcome: {
      label: {
        type: 'number',
        minimum: 0,
        description: 'The time observed since the prediction. If there are two outcomes, the later counts.',
      },
      event: {
        type: 'boolean',
        description: 'Whether the event occurred at the end of that time; otherwise the row is censored.',
      },
    },
    explained: {
      risk: { type: 'number', description: 'Higher means an earlier event.' },
      unit: { enum: ['log-hazard', 'risk'] },
    },
  };
}
