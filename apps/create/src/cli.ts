import { relative } from 'node:path';
import { readArguments, USAGE } from './arguments.js';
import { createProject } from './create-project.js';

const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;

try {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    process.stdout.write(USAGE);
  } else {
    const creation = isTerminal
      ? await (await import('./questions.js')).askRest(given)
      : { ...given, folder: given.folder ?? '' };
    if (creation.folder === '')
      throw new Error('expected the folder to create, such as npm create @churn my-case');
    const scripts = createProject(creation);
    const at = relative('.', creation.folder);
    const next = [...(at ? [`cd ${at}`] : []), ...scripts.map((script) => `npm run ${script}`)];
    process.stdout.write(`\nNext:\n${next.map((command) => `  ${command}\n`).join('')}`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
