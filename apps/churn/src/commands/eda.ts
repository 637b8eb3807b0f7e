import { join } from 'node:path';
import { createReport, type ReportBlock } from '@churn/eda';
import { writeFileAtomic } from '@churn/io';
import type { Config } from '../config.js';
import { loadDataset } from '../dataset.js';
import { edaFigures, profileOf, unknownColumns, withDateParts } from '../figures/eda-figures.js';
import { writeFigures } from '../figures/write-figures.js';
import { dataBlocks } from '../html-report.js';
import type { Logger } from '../logger.js';

/**
 * Writes what the data of a configuration looks like: a profile as JSON, figures, and a page with both.
 * @returns what was written, to show a user.
 */
export async function eda(config: Config, logger: Logger): Promise<string> {
  const { folder } = config.output;
  const dataset = withDateParts(await loadDataset(config.data, config.processing.dates?.columns), config);
  for (const name of unknownColumns(dataset, config))
    logger.warn(`eda.figures: there is no column "${name}" to draw`);
  const profile = profileOf(dataset, config);
  const files = {
    profile: join(folder, 'profile.json'),
    page: join(folder, 'eda.html'),
    figures: join(folder, 'images', 'eda'),
  };
  await writeFileAtomic(files.profile, `${JSON.stringify(profile, null, 2)}\n`);
  const pictures = await writeFigures(files.figures, edaFigures(dataset, profile, config));
  const rates = [...pictures].filter(([name]) => name.startsWith('rate_'));
  const columns: ReportBlock[] = [
    ...rates.map(([name, svg]): ReportBlock => ({ kind: 'chart', svg, alt: name.replaceAll('_', ' ') })),
    { kind: 'columns', profile },
  ];
  const page = createReport({
    title: `${config.data.target}: the data`,
    subtitle: `${profile.rows.toLocaleString('en')} rows of ${config.data.file}`,
    sections: [
      { title: 'Overview', blocks: dataBlocks(profile, pictures, config.data) },
      { title: 'The columns', blocks: columns },
    ],
  });
  await writeFileAtomic(files.page, page);
  return Object.entries(files)
    .map(([what, file]) => `${what}: ${file}`)
    .join('\n');
}
