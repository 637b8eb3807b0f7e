import { plainLetters } from '@churn/core';

/** The parameters of a new project. */
export interface Project {
  /** The name of the package, such as `my-case`. */
  readonly name: string;
  /** The name of the data file in `data/`. */
  readonly data: string;
  /** The version range of `@churn/cli`. */
  readonly cli: string;
  /** Whether the target has classes, so that a campaign can be listed. */
  readonly isClassification: boolean;
}

/** The sample of held-out rows that every training run writes, as configured by `churn init`. */
const SAMPLE = 'outputs/latest/sample.csv';

/**
 * The package.json of a project. Its scripts run unchanged; options after `--` come last and therefore override those of a script: `npm run
 * predict -- --input new.csv`.
 */
export function manifest({ name, cli, isClassification }: Project): string {
  const campaign =
    'churn campaign --value 400 --contact 1 --offer 20 --acceptance 0.3' +
    ` --input ${SAMPLE} --output outputs/campaign.csv --page outputs/campaign.html`;
  const content = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: {
      train: 'churn train',
      predict: `churn predict --input ${SAMPLE} --output outputs/scored.csv --explain`,
      ...(isClassification && { campaign }),
      serve: 'churn serve',
      test: 'node --test',
    },
    dependencies: { '@churn/cli': cli },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Converts the name of a folder to a valid package name. */
export function packageName(folder: string): string {
  const name = plainLetters(folder)
    .replaceAll(/[^a-z\d._-]+/g, '-')
    .replaceAll(/^[._-]+|-+$/g, '');
  return name || 'business-case';
}
