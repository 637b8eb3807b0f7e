import type { ServedClassModel, ServedModel } from './served-model.js';

/** What of the OpenAPI document differs by what is predicted. */
interface PredictionSchema {
  /** What is answered about a row: the end of "The … of each row". */
  readonly what: string;
  /** The members of a prediction. */
  readonly properties: Readonly<Record<string, object>>;
  /** What a row may have become: the members that tell it. */
  readonly outcome: Readonly<Record<string, object>>;
  /** What an explanation has besides. */
  readonly explained: Readonly<Record<string, object>>;
}

/** The schema of what a model answers. */
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
          description: `The probability from which a row is predicted "${classes[1]}", by its group in "${byGroup.by}".`,
        },
      }),
      ...(uplift && {
        uplift: {
          type: 'number',
          minimum: -1,
          maximum: 1,
          description: `By how much "${uplift.treatment.treated}" in "${uplift.treatment.column}" lowers the probability.`,
        },
      }),
      ...(!isBinary && { probabilities: { type: 'object', additionalProperties: { type: 'number' } } }),
    },
    outcome: { label: { enum: [...classes], description: 'What it was. Of two, the later holds.' } },
    explained: {
      label: { enum: [...classes], description: 'The class whose probability is explained.' },
      unit: { enum: ['log-odds', 'probability'] },
    },
  };
}

function ofValues(interval: { readonly coverage: number } | undefined): PredictionSchema {
  const end = (which: string) => ({
    type: 'number',
    description: `The ${which} end of an interval that is meant to hold the value with a probability of ${interval?.coverage}.`,
  });
  return {
    what: 'value',
    properties: {
      prediction: { type: 'number', description: 'In the unit of the target.' },
      ...(interval && { low: end('lower'), high: end('upper') }),
    },
    outcome: { label: { type: 'number', description: 'What it was. Of two, the later holds.' } },
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
          'The probability that the event comes within each horizon from now on, in the unit of the durations.',
      },
      expectedTime: {
        type: 'number',
        minimum: 0,
        description: 'Until the event, followed up to the last time that the model knows.',
      },
      medianTime: {
        type: ['number', 'null'],
        minimum: 0,
        description:
          'Within which the event comes with a probability of one half; null where that is later than the model knows.',
      },
    },
    outcome: {
      label: {
        type: 'number',
        minimum: 0,
        description: 'How long the row was watched since the prediction. Of two, the later holds.',
      },
      event: {
        type: 'boolean',
        description: 'Whether the event came at the end of that time; else the row was still there.',
      },
    },
    explained: {
      risk: { type: 'number', description: 'The higher, the sooner the event.' },
      unit: { enum: ['log-hazard', 'risk'] },
    },
  };
}
