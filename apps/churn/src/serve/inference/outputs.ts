import type { ClassPrediction, Prediction, TimePrediction, ValuePrediction } from '../prediction.js';
import { Problem } from '../problem.js';
import type { RequestWarnings } from '../row-answers.js';
import type {
  ServedClassModel,
  ServedModel,
  ServedSurvivalModel,
  ServedValueModel,
} from '../served-model.js';
import { numberBytes, textBytes } from './binary-tensors.js';
import type { InferenceRequest } from './read-request.js';

/** A tensor of a response. */
interface Tensor {
  readonly shape: readonly number[];
  readonly datatype: 'FP64' | 'BYTES';
  readonly data: readonly (number | string)[];
}

/** An output: its type and shape, and its data from predictions. */
interface Output {
  readonly datatype: Tensor['datatype'];
  /** -1 means any number of rows. */
  readonly shape: readonly number[];
  of(predictions: readonly Prediction[], warnings: RequestWarnings): Tensor['data'];
}

/** The outputs of a model, by name. */
export function outputsOf(served: ServedModel): ReadonlyMap<string, Output> {
  return new Map([
    ...Object.entries(predictionOutputs(served)),
    [
      'warnings',
      {
        datatype: 'BYTES',
        shape: [-1],
        of: (predictions, warnings) =>
          predictions.map((_, row) => (warnings.get(row) ?? []).map(({ text }) => text).join('; ')),
      },
    ],
  ]);
}

function predictionOutputs(served: ServedModel): Record<string, Output> {
  if (served.task === 'survival') return timeOutputs(served);
  return served.task === 'value' ? valueOutputs(served) : classOutputs(served);
}

/** The outputs of a classifier; for several classes, with the probability of each, in the order of `classes`. */
function classOutputs({ classes }: Pick<ServedClassModel, 'classes'>): Record<string, Output> {
  const one = {
    probability: numbers(({ probability }: ClassPrediction) => probability),
    prediction: {
      datatype: 'BYTES',
      shape: [-1],
      of: (predictions: readonly ClassPrediction[]) => predictions.map(({ prediction }) => prediction),
    },
  } as const;
  if (classes.length === 2) return one;
  return {
    ...one,
    probabilities: {
      datatype: 'FP64',
      shape: [-1, classes.length],
      of: (predictions: readonly ClassPrediction[]) =>
        predictions.flatMap(({ probabilities }) => classes.map((label) => probabilities?.[label] ?? 0)),
    },
    classes: { datatype: 'BYTES', shape: [classes.length], of: () => classes },
  };
}

/** The outputs of a regression model, with the ends of the interval, if known. */
function valueOutputs({ interval }: Pick<ServedValueModel, 'interval'>): Record<string, Output> {
  const prediction = numbers((each: ValuePrediction) => each.prediction);
  if (!interval) return { prediction };
  return {
    prediction,
    low: numbers(({ low = Number.NaN }: ValuePrediction) => low),
    high: numbers(({ high = Number.NaN }: ValuePrediction) => high),
  };
}

/**
 * The outputs of a survival model: the probability for each horizon, and times to the event; a median beyond the last event time of the
 * model is NaN.
 */
function timeOutputs({
  durations: { horizons },
}: Pick<ServedSurvivalModel, 'durations'>): Record<string, Output> {
  return {
    ...Object.fromEntries(
      horizons.map((horizon) => [
        `within_${horizon}`,
        numbers(({ within }: TimePrediction) => within[horizon]),
      ]),
    ),
    expected_time: numbers(({ expectedTime }: TimePrediction) => expectedTime),
    median_time: numbers(({ medianTime }: TimePrediction) => medianTime ?? Number.NaN),
  };
}

/** One number per row. */
function numbers<P extends Prediction>(of: (prediction: P) => number): Output {
  return { datatype: 'FP64', shape: [-1], of: (predictions) => (predictions as readonly P[]).map(of) };
}

/** The tensors of a response as JSON, and the bytes of binary ones. */
export interface WrittenOutputs {
  readonly outputs: readonly object[];
  readonly binary: readonly Uint8Array[];
}

/** @throws `Problem` if a requested output does not exist. */
export function writeOutputs(
  { outputs: requested, isBinary: isAllBinary }: Omit<InferenceRequest, 'rows'>,
  model: ServedModel,
  predictions: readonly Prediction[],
  warnings: RequestWarnings,
): WrittenOutputs {
  const known = outputsOf(model);
  const binary: Uint8Array[] = [];
  const chosen = requested ?? Array.from(known.keys(), (name) => ({ name, isBinary: isAllBinary }));
  const outputs = chosen.map(({ name, isBinary }) => {
    const { datatype, shape, of } = known.get(name) as Output;
    const data = of(predictions, warnings);
    const tensor = { name, datatype, shape: shape.map((size) => (size < 0 ? predictions.length : size)) };
    if (!isBinary) return { ...tensor, data };
    const bytes = datatype === 'FP64' ? numberBytes(data as number[]) : textBytes(data as string[]);
    binary.push(bytes);
    return { ...tensor, parameters: { binary_data_size: bytes.length } };
  });
  return { outputs, binary };
}

/** @throws `Problem` if a requested output does not exist. */
export function refuseUnknownOutputs(
  { outputs = [] }: Pick<InferenceRequest, 'outputs'>,
  model: ServedModel,
): void {
  const known = outputsOf(model);
  const unknown = outputs.find(({ name }) => !known.has(name));
  if (unknown === undefined) return;
  throw new Problem(
    400,
    'Bad request',
    `output "${unknown.name}": expected one of ${[...known.keys()].join(', ')}`,
  );
}
