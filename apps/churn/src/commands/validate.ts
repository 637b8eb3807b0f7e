import { ChurnError } from '@churn/core';
import { quoted, quotedList } from '@churn/io';
import { type Config, withFoundDates } from '../config/config.js';
import { taskOf } from '../task/task-of.js';
import type { Outcome } from '../terminal/outcome.js';
import { toLearnFrom } from '../training/data.js';
import { columnWarnings } from '../training/learned-columns.js';
import { type ReadTable, readTable, sourceNotes } from '../training/read-table.js';
import { splitData } from '../training/split.js';

/**
 * Checks a data file as training would: against the declared columns of a configuration, its target and the rows of each label. The target
 * may be missing, as in rows to score; undeclared levels are then reported but are not violations.
 *
 * @returns a confirmation, with notes.
 * @throws `invalid-data` with all violations; `invalid-target` if the target is unsuitable; `invalid-parameter` if the configuration
 * declares no columns; also as reading does.
 */
export async function validate(config: Config): Promise<Outcome> {
  const { columns, target } = config.data;
  if (!columns) {
    throw new ChurnError(
      'invalid-parameter',
      'data.columns: expected the columns to check a file against, got none',
    );
  }
  const read = await readTable(config.data, config.processing.dates?.columns);
  const { hasTarget, table } = read;
  const notes = hasTarget
    ? learnable(read, config)
    : [...sourceNotes(read.records), ...columnWarnings(read.columns), ...undeclaredLevels(read, config)];
  const checked = hasTarget ? columns : columns.filter(({ name }) => name !== target);
  const unlabelled = hasTarget ? '' : ` (without the target "${target}")`;
  const text = [
    `${read.records.source}: ${table.nRows} rows and ${checked.length} columns are as declared${unlabelled}`,
    ...notes.map((note) => `warning: ${note}`),
  ].join('\n');
  return { text, figures: { rows: table.nRows, columns: checked.length, hasTarget, notes } };
}

/** Notes about rows that can be trained on. */
function learnable(read: ReadTable, config: Config): readonly string[] {
  const task = taskOf(config);
  const dataset = toLearnFrom(task, read, config.data);
  splitData(task, dataset, withFoundDates(config, dataset.schema));
  return dataset.warnings;
}

/** Undeclared levels in rows to score. */
function undeclaredLevels({ table }: ReadTable, { data: { columns = [] } }: Config): string[] {
  return columns.flatMap(({ name, levels }) => {
    if (!levels || !table.has(name)) return [];
    const { codes, levels: found } = table.category(name);
    const declared = new Set(levels);
    const foreign = found.map((level) => !declared.has(level));
    const rows = codes.filter((code) => code >= 0 && foreign[code]).length;
    if (rows === 0) return [];
    const shown = quotedList(found.filter((_, code) => foreign[code]));
    return [
      `${quoted(name)}: ${rows === 1 ? '1 row has' : `${rows} rows have`} a level that is not declared: ${shown}`,
    ];
  });
}
