import { extname } from 'node:path';
import { ChurnError } from '@churn/core';
import { remainingOf } from '@churn/exchange';
import type { AtomicWriter } from '@churn/io';
import { FittedGroupThresholdClassifier } from '@churn/selection';
import { type Distilled, distil } from '../exporting/distil.js';
import type { ExportedFile, ModelToExport, TargetOptions } from '../exporting/export-target.js';
import { exportTargets } from '../exporting/targets.js';
import type { NamedModel } from '../registry/named-model.js';
import { openOutput, refuseSameFile } from '../scoring/output.js';
import { type AnyScoringModel, loadAnyModel, ofClasses } from '../scoring/scoring-model.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import type { Outcome } from '../terminal/outcome.js';

export interface ExportOptions extends TargetOptions {
  /** The name of the export target. */
  readonly to: string;
  readonly model: NamedModel;
  /** The output file; `-` for standard output, for targets with a single file. */
  readonly output: string;
  /** Whether to export a small model distilled from this one instead. */
  readonly distil?: boolean | undefined;
  /** The rows for the distillation. */
  readonly data?: string | undefined;
}

/**
 * Exports a model to a form that scores without this program.
 *
 * @returns a description of what was written.
 * @throws `unsupported` if the target does not support the model; `invalid-parameter` for an option of another target, or an output that is
 * the model file itself; also as `loadAnyModel` does. Then nothing is written.
 */
export async function exportModel({
  to,
  model,
  output,
  distil: isDistilled = false,
  data,
  ...options
}: ExportOptions): Promise<Outcome> {
  const target = exportTargets.find(({ name }) => name === to);
  if (!target) {
    const names = exportTargets.map(({ name }) => name).join(', ');
    throw new ChurnError('invalid-parameter', `--to: expected one of ${names}, got ${to}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || target.options.includes(name as keyof TargetOptions)) continue;
    throw new ChurnError(
      'invalid-parameter',
      `--${name}: expected none with --to ${to}, got ${String(value)}`,
    );
  }
  if (isDistilled !== (data !== undefined)) {
    const [given, missing] = isDistilled ? ['--distil', '--data FILE'] : ['--data', '--distil'];
    throw new ChurnError('invalid-parameter', `${given}: expected ${missing} as well, got none`);
  }
  const inputs = new Map([
    ['--model', model.file],
    ...(data === undefined ? [] : [['--data', data] as const]),
  ]);
  refuseSameFile(new Map([['--output', output]]), inputs);
  const scoring = await loadAnyModel(model.file);
  const distilled =
    data === undefined
      ? undefined
      : await distil(ofClasses(scoring, model.file, '--distil'), model.file, data);
  // There is no model file with this hash, and the output says so.
  const hash = distilled ? `${scoring.hash}, distilled` : scoring.hash;
  const exported = {
    ...scoring,
    ...(distilled && withDistilled(scoring, distilled)),
    hash,
    name: model.name,
  } as ModelToExport;
  const written = await target.write(exported, { ...options, output });
  const files = output === STANDARD_STREAM ? written.slice(0, 1) : written;
  const named = files.map((file) => ({ ...file, name: nameOf(file, output) }));
  await writeTogether(named);
  const each = named.map(({ name, content }) => `${name} (${sizeText(content)})`);
  const loss = distilled ? `\ndistilled: ${distilled.loss}` : '';
  return {
    text: `${target.title}: ${each.join(', ')}; model hash ${hash}${loss}${leftOut(scoring)}`,
    files: named.map(({ name }) => ({ what: target.title, path: name })),
    figures: { to, modelHash: scoring.hash, ...(distilled && { distilled: distilled.loss }) },
  };
}

/** The distilled model, with the thresholds by group of the original. */
function withDistilled(scoring: AnyScoringModel, { model }: Distilled) {
  const byGroup = scoring.task === 'classes' ? scoring.byGroup : undefined;
  if (!byGroup) return { model };
  return { model, byGroup: new FittedGroupThresholdClassifier(model, byGroup.by, byGroup.thresholds) };
}

/** The outputs that exports lack. */
function leftOut(scoring: AnyScoringModel): string {
  if (scoring.task === 'survival' && !remainingOf(scoring.model).includes('expected')) {
    return `\nwithout "${scoring.predicts}_expected_time": with so many event times, only the model file provides it`;
  }
  if (scoring.task !== 'classes' || !scoring.uplift) return '';
  const { column } = scoring.uplift.treatment;
  return `\nwithout the uplift of "${column}", which only the model file provides, for churn predict and churn campaign`;
}

function nameOf({ extension }: ExportedFile, output: string): string {
  if (extension === undefined) return output;
  return `${output.slice(0, output.length - extname(output).length)}${extension}`;
}

/** Writes either all of the files or none. */
async function writeTogether(
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  const writers: AtomicWriter[] = [];
  try {
    for (const { name, content } of files) {
      const writer = await openOutput(name);
      writers.push(writer);
      await writer.write(content);
    }
    for (const writer of writers) await writer.seal();
    for (const writer of writers) await writer.commit();
  } catch (error) {
    for (const writer of writers) await writer.discard();
    throw error;
  }
}

function sizeText(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  return bytes < 10_000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`;
}
