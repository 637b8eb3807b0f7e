import { join } from 'node:path';
import type { Target } from '@churn/core';
import { createReport, type TableProfile } from '@churn/eda';
import { writeFileAtomic } from '@churn/io';
import { type Config, dataName, withFoundDates } from '../config/config.js';
import { exploreData } from '../figures/data-figures.js';
import { drawFigures, type Picture } from '../figures/draw-figures.js';
import { writePictures } from '../figures/write-pictures.js';
import { charts, dataBlocks, readColumnBlocks } from '../reporting/html-report.js';
import { relationBlocks } from '../reporting/relation-blocks.js';
import { latestRun } from '../runs/run-folder.js';
import { writeRun } from '../runs/write-run.js';
import { taskOf } from '../task/task-of.js';
import { logColumns } from '../terminal/log-columns.js';
import type { Logger } from '../terminal/logger.js';
import { fileLines, type Outcome } from '../terminal/outcome.js';
import { loadDataset } from '../training/data.js';
import type { Dataset } from '../training/dataset.js';

/**
 * Profiles the data of a configuration: writes the profile as JSON, figures, and a page with both. They appear together, as a separate run
 * that `eda/latest` points to.
 *
 * @returns the list of written files.
 */
export async function eda(given: Config, logger: Logger): Promise<Outcome> {
  const folder = join(given.output.folder, 'eda');
  const task = taskOf(given);
  // The profile covers the rows of both arms, with the treatment as an ordinary column.
  const { treatment, ...known } = given.data;
  const data = await loadDataset(task, known, given.processing.dates?.columns);
  const config = withFoundDates(given, data.schema);
  logColumns(data, logger);
  const { profile, figures } = exploreData(task, data, config, logger);
  await writeRun({ folder }, logger, async (to) => {
    const files = filesIn(to);
    await writeFileAtomic(files.profile, `${JSON.stringify(profile, null, 2)}\n`);
    const pictures = await drawFigures(figures);
    await writePictures(files.figures, pictures);
    await writeFileAtomic(files.page, edaPage(data, profile, pictures, config));
  });
  const files = Object.entries(filesIn(latestRun(folder))).map(([what, path]) => ({ what, path }));
  return { text: fileLines(files), files, figures: { rows: profile.rows, columns: profile.columns.length } };
}

function filesIn(folder: string) {
  return {
    profile: join(folder, 'profile.json'),
    page: join(folder, 'report.html'),
    figures: join(folder, 'images'),
  };
}

function edaPage(
  dataset: Dataset<Target>,
  profile: TableProfile,
  pictures: readonly Picture[],
  { data }: Config,
): string {
  return createReport({
    title: `${data.target}: the data`,
    subtitle: `${profile.rows.toLocaleString('en')} rows of ${dataName(data)}`,
    sections: [
      { title: 'Overview', blocks: dataBlocks({ ...dataset, profile }, pictures, data.target) },
      { title: 'How the columns were read', blocks: readColumnBlocks(dataset.columns) },
      {
        title: 'Columns',
        blocks: [
          ...relationBlocks(profile, data.positive ?? data.target),
          ...charts(pictures, 'columns'),
          { kind: 'columns', profile },
        ],
      },
    ],
  });
}
