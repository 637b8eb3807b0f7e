import {
  ChurnError,
  type FittedClassifier,
  type FittedPipeline,
  Labels,
  Pipeline,
  Random,
  type Table,
} from '@churn/core';
import { GradientBoostingClassifier } from '@churn/models';
import { rocAuc } from '@churn/selection';
import { DateParts } from '@churn/transforms';
import { openRows } from '../input.js';
import { decisionOf, withThreshold } from '../model/decision.js';
import { recordedTarget } from '../model/recorded-target.js';
import { monitoredModel } from '../monitoring/monitored-part.js';
import { hasColumns } from '../monitoring/monitored-rows.js';
import { classOutcome } from '../monitoring/outcome/class-outcome.js';
import { scoreRows } from '../scoring/score-rows.js';
import type { ScoringModel } from '../scoring/scoring-model.js';

/** The settings of the small model, which every target supports. */
const SMALL = { nEstimators: 100, learningRate: 0.1, maxLeafNodes: 15, growth: 'leaf' } as const;
/** The share of rows held out to evaluate the small model. */
const HELD_OUT = 0.25;
const MIN_ROWS = 100;

/** A small model distilled from another. */
export interface Distilled {
  readonly model: FittedPipeline<FittedClassifier>;
  /** A description of its loss of quality, on held-out rows. */
  readonly loss: string;
}

/** Rows that the model can score, with its predictions, and their classes if the file has them. */
interface ScoredTable {
  readonly table: Table;
  /** One array per class. */
  readonly probabilities: readonly Float64Array[];
  /** The class of each row, -1 if unknown; `undefined` if the file has no labels. */
  readonly codes: Int32Array | undefined;
}

/**
 * A small gradient boosting model fitted to another model's probabilities (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural
 * network", 2015): each row appears once per class, weighted by the probability of the class. It takes the same raw columns, and keeps the
 * threshold.
 *
 * @param file rows like the training rows, in any supported format.
 * @throws `invalid-data` if fewer than 100 of its rows can be scored; also as `openRows` does.
 */
export async function distil(model: ScoringModel, modelFile: string, file: string): Promise<Distilled> {
  const all = await scoredTable(model, modelFile, file);
  const { nRows } = all.table;
  if (nRows < MIN_ROWS) {
    throw new ChurnError(
      'invalid-data',
      `--data ${file}: expected at least ${MIN_ROWS} rows that can be scored, got ${nRows}`,
    );
  }
  const order = new Random('distil').permutation(nRows);
  const nHeldOut = Math.round(nRows * HELD_OUT);
  const heldOut = taken(all, order.subarray(0, nHeldOut));
  const small = fitSmall(model, taken(all, order.subarray(nHeldOut)));
  const { threshold } = model;
  return {
    model: threshold === undefined ? small : withThreshold(small, threshold),
    loss: `on ${nHeldOut} rows held out, ${lossText(model, heldOut, small.predictProba(heldOut.table))}`,
  };
}

async function scoredTable(model: ScoringModel, modelFile: string, file: string): Promise<ScoredTable> {
  const target = recordedTarget(model.training);
  const outcome = target === undefined ? undefined : classOutcome(model, target);
  const input = { input: file, modelFile, scoring: model, format: {} };
  const isLabelled = outcome !== undefined && (await hasColumns(input, outcome.columns));
  const others = isLabelled ? outcome.columns : [];
  const source = await openRows(file, monitoredModel(model, { others, isScored: false }));
  const pieces: ScoredTable[] = [];
  for await (const { table, lines } of source.batches()) {
    const { rows, predictions: probabilities } = scoreRows(model, table);
    const [places] = isLabelled ? outcome.read(table, (row) => `${file}, line ${lines[row]}`) : [];
    pieces.push({
      table: table.select(model.model.features).take(rows),
      probabilities,
      codes: places && Int32Array.from(rows, (row) => (Number.isNaN(places[row]) ? -1 : places[row])),
    });
  }
  const [first, ...rest] = pieces;
  if (!first) throw new ChurnError('invalid-data', `--data ${file}: expected rows, got none`);
  return {
    table: first.table.concat(...rest.map(({ table }) => table)),
    probabilities: model.classes.map((_, k) =>
      Float64Array.from(pieces.flatMap(({ probabilities }) => Array.from(probabilities[k]))),
    ),
    codes: first.codes && Int32Array.from(pieces.flatMap(({ codes = [] }) => Array.from(codes))),
  };
}

function taken({ table, probabilities, codes }: ScoredTable, rows: Int32Array): ScoredTable {
  return {
    table: table.take(rows),
    probabilities: probabilities.map((column) => Float64Array.from(rows, (row) => column[row])),
    codes: codes && Int32Array.from(rows, (row) => codes[row]),
  };
}

function fitSmall(
  { model, schema }: ScoringModel,
  { table, probabilities }: ScoredTable,
): FittedPipeline<FittedClassifier> {
  const { classes } = model;
  const dates = schema.filter(({ name, kind }) => kind === 'date' && table.has(name)).map(({ name }) => name);
  const steps = dates.length > 0 ? [new DateParts({ columns: dates, invalid: 'missing' })] : [];
  const rows = Int32Array.from({ length: table.nRows * classes.length }, (_, i) => i % table.nRows);
  const labels = Labels.from(classes, classes).take(
    Int32Array.from(rows, (_, i) => Math.floor(i / table.nRows)),
  );
  const sampleWeight = Float64Array.from(rows, (row, i) => probabilities[Math.floor(i / table.nRows)][row]);
  return new Pipeline(steps, new GradientBoostingClassifier(SMALL)).fit(table.take(rows), labels, {
    sampleWeight,
  });
}

function lossText(
  { model }: ScoringModel,
  { probabilities, codes }: ScoredTable,
  own: readonly Float64Array[],
): string {
  const [called, calledBefore] = [own, probabilities].map(decisionOf(model));
  const nSame = called.filter((code, row) => code === calledBefore[row]).length;
  const same = `${((100 * nSame) / called.length).toFixed(1)} % of predictions are the same`;
  const known = codes ? Int32Array.from(codes.keys()).filter((row) => codes[row] >= 0) : [];
  const present = new Set(Array.from(known, (row) => codes?.[row]));
  if (!codes || present.size < model.classes.length) return same;
  const labels = Labels.from(model.classes, model.classes).take(Int32Array.from(known, (row) => codes[row]));
  const [auc, before] = [own, probabilities].map((columns) => {
    const ofKnown = columns.map((column) => Float64Array.from(known, (row) => column[row]));
    return rocAuc(labels, ofKnown.length === 2 ? ofKnown[1] : ofKnown);
  });
  return `AUC ${auc.toFixed(4)} instead of ${before.toFixed(4)}; ${same}`;
}
