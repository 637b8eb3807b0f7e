import type { Project } from './project-files.js';

/** The README of a new project, with its commands and files. */
export function readme({ name, data, isClassification }: Project): string {
  const campaign = `| \`npm run campaign\` | lists the customers worth contacting, in \`outputs/campaign.csv\` and as a page; set your own amounts in \`package.json\` |\n`;
  return `# ${name}

\`\`\`sh
npm install
npm run train
npm run predict
\`\`\`

| command | what it does |
| --- | --- |
| \`npm run train\` | trains models on \`data/${data}\` and writes them, with a report, to \`outputs/latest\`; open \`outputs/latest/report.html\` |
| \`npm run predict\` | scores a sample of rows held out from training; for others, \`npm run predict -- --input new.csv --output scored.csv\` |
${isClassification ? campaign : ''}| \`npm run serve\` | serves the best model over HTTP, with a page to try it |
| \`npm test\` | checks that the trained model scores every row of the sample |
| \`npx @churn/cli --help\` | lists all commands |

\`config/churn.yaml\` holds every setting: how each column is read, which models are tried, and how the best is chosen.
\`.github/workflows/train.yml\` trains and tests in continuous integration.
`;
}
