import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { countedList } from '../reporting/counted-list.js';
import { describeVersions } from '../reporting/describe-versions.js';
import { gitText } from '../runs/git-state.js';
import { modelHash } from '../runs/model-hash.js';
import { findRun, surveyRuns } from '../runs/read-run.js';
import { aliasesOfRuns } from '../runs/run-aliases.js';
import { runPath, runsFolder } from '../runs/run-folder.js';
import type { RunRecord } from '../runs/run-record.js';
import { type HashedModel, runModelTable, runTable } from '../terminal/run-table.js';

/** The runs of an output folder, newest first. */
export async function listRuns(config: Pick<Config, 'output' | 'registry'>) {
  const { folder } = config.output;
  const { complete, unreadable, failed } = await surveyRuns(folder);
  const lines =
    complete.length > 0
      ? [runTable(complete, await aliasesOfRuns(config))]
      : [`no runs in ${runsFolder(folder)}`];
  if (failed.length > 0) lines.push(`failed, with their logs: ${countedList(failed, 5)}`);
  for (const { id, reason } of unreadable) lines.push(`${id} cannot be read: ${reason}`);
  return { text: lines.join('\n'), figures: { runs: complete, failed, unreadable } };
}

/** The record of a run. */
export async function showRun(config: Pick<Config, 'output' | 'registry'>, text: string) {
  const run = await findRun(config, text);
  const folder = runPath(config.output.folder, run.id);
  const models = await modelsWithHashes(folder, run);
  const { data, test, versions } = run;
  const facts = [
    ['run', run.id],
    ['started', run.started],
    ['seconds', run.seconds.toFixed(1)],
    ['data', `${data.file}, ${data.rows.toLocaleString('en')} rows, SHA-256 ${data.sha256}`],
    ['test', `${test.rows.toLocaleString('en')} rows held out`],
    ['seed', String(run.seed)],
    ['versions', describeVersions(versions)],
    ['commit', gitText(run.git)],
    ['folder', folder],
  ];
  const lines = facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  return { text: `${lines}\n\n${runModelTable({ ...run, models })}`, figures: { ...run, models } };
}

/** The models of a run, each with its hash if its file exists. */
async function modelsWithHashes(folder: string, { models }: RunRecord): Promise<Record<string, HashedModel>> {
  const entries = Object.entries(models).map(async ([name, model]): Promise<[string, HashedModel]> => {
    return [name, { ...model, hash: await modelHash(join(folder, model.file)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
