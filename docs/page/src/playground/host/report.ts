import { serializeModel, type Target } from '@churn/core';
import type { Config } from '../../../../../apps/churn/src/config/config.js';
import { drawFigures } from '../../../../../apps/churn/src/figures/draw-figures.js';
import type { Findings } from '../../../../../apps/churn/src/training/findings.js';
import type { WrittenModel } from '../../../../../apps/churn/src/training/report.js';
import type { CommonReport } from '../../../../../apps/churn/src/training/training-report.js';

/** What a training in the page has made: texts in place of files. */
export interface MadeReport {
  /** The page that the application writes as `report.html`. */
  readonly page: string;
  readonly report: CommonReport;
  /** The model files by the names of the models. */
  readonly models: Readonly<Record<string, string>>;
}

type Parts = Parameters<
  typeof import('../../../../../apps/churn/src/training/report.js')['writeReport']
>[1] & {
  readonly models: readonly WrittenModel[];
};

/** In place of that of the application, which writes files. */
export async function writeReport<T extends Target>(
  _folder: string,
  { models, report, figures }: Parts,
  { drawn }: Findings<T, unknown>,
  _config: Config,
): Promise<MadeReport> {
  const files = models.map(
    async ({ name, final, record }) => [name, await serializeModel(final, record)] as const,
  );
  const { results, rows, page } = figures();
  const pictures = drawn ? [...drawn.pictures, ...(await drawFigures([...results, ...rows]))] : [];
  return {
    page: drawn ? page(drawn, pictures) : '',
    report,
    models: Object.fromEntries(await Promise.all(files)),
  };
}
