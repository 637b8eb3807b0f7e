import { join } from 'node:path';
import { createReport, type ReportBlock, type TableProfile } from '@churn/eda';
import { writeFileAtomic } from '@churn/io';
import type { Config } from '../config/config.js';
import { edaFigures, profileOf, unknownColumns, withDateParts } from '../figures/eda-figures.js';
import { writeFigures } from '../figures/write-figures.js';
import { dataBlocks, type Pictures } from '../reporting/html-report.js';
import { latestRun } from '../runs/run-folder.js';
import { writeRun } from '../runs/write-run.js';
import type { Logger } from '../terminal/logger.js';
import { loadDataset } from '../training/data.js';

/**
 * Writes what the data of a configuration looks like: a profile as JSON, figures, and a page with both. They appear together, as a run of
 * their own that `eda/latest` leads to.
 *
 * @returns what was written, to show a user.
 */
export async function eda(config: Config, logger: Logger): Promise<string> {
  const folder = join(config.output.folder, 'eda');
  const dataset = withDateParts(await loadDataset(config.data, config.processing.dates?.columns), config);
  for (const name of unknownColumns(dataset, config))
    logger.warn(`eda.figures: there is no column "${name}" to draw`);
  const profile = profileOf(dataset, config);
  await writeRun({ folder }, logger, async (to) => {
    const files = filesIn(to);
    await writeFileAtomic(files.profile, `${JSON.stringify(profile, null, 2)}\n`);
    const pictures = await writeFigures(files.figures, edaFigures(dataset, profile, config));
    await writeFileAtomic(files.page, edaPage(profile, pictures, config));
  });
  return Object.entries(filesIn(latestRun(folder)))
    .map(([what, file]) => `${what}: ${file}`)
    .join('\n');
}

function filesIn(folder: string) {
  return {
    profile: join(folder, 'profile.json'),
    page: join(folder, 'report.html'),
    figures: join(folder, 'images'),
  };
}

function edaPage(profile: TableProfile, pictures: Pictures, { data }: Config): string {
  const rates = [...pictures].filter(([name]) => name.startsWith('rate_'));
  const columns: ReportBlock[] = [
    ...rates.map(([name, svg]): ReportBlock => ({ kind: 'chart', svg, alt: name.replaceAll('_', ' ') })),
    { kind: 'columns', profile },
  ];
  return createReport({
    title: `${data.target}: the data`,
    subtitle: `${profile.rows.toLocaleString('en')} rows of ${data.file}`,
    sections: [
      { title: 'Overview', blocks: dataBlocks(profile, pictures, data) },
      { title: 'The columns', blocks: columns },
    ],
  });
}
