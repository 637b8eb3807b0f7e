// What `npm start` runs: from a fresh clone to scored customers. Each step is announced, since the first two show nothing themselves.
import { spawnSync } from 'node:child_process';

/** @type {readonly { what: string, command: string, isQuiet?: boolean }[]} */
const STEPS = [
  {
    what: 'Installing packages (the first time about a minute)',
    command: 'pnpm install --frozen-lockfile --loglevel=error',
  },
  {
    what: 'Bundling the programs (the first time about half a minute)',
    command: 'pnpm bundle --output-logs=errors-only',
    isQuiet: true,
  },
  {
    what: 'Training models of churn on data/bank_data.csv (about half a minute)',
    command: 'pnpm churn train',
  },
  {
    what: 'Scoring a sample of customers (a few seconds)',
    command:
      'pnpm churn predict --input outputs/latest/bank_data_sample.csv --output outputs/bank_data_scored.csv',
  },
];

const env = { ...process.env, TURBO_NO_UPDATE_NOTIFIER: '1', TURBO_TELEMETRY_DISABLED: '1' };

for (const [i, { what, command, isQuiet }] of STEPS.entries()) {
  process.stdout.write(`\n${i + 1} of ${STEPS.length}: ${what} …\n`);
  const stdio = isQuiet ? 'pipe' : 'inherit';
  const { status, stdout, stderr } = spawnSync(command, { shell: true, stdio, env, encoding: 'utf8' });
  if (status === 0) continue;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}\n${command}: failed\n`);
  process.exit(1);
}

process.stdout.write('\nThe report is outputs/latest/report.html: open it in a browser.\n');
