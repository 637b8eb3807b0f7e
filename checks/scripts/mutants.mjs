// Writes checks/mutants.md from Stryker's reports: the share of mutants killed by tests, and the survivors.
import { readFileSync, writeFileSync } from 'node:fs';

const LONGEST = 60;
const PACKAGES = ['transforms', 'selection'];

/** The original text of a mutant, truncated if it is long. */
function snippet(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`\` ${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line} \`\``;
}

function between(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

const files = PACKAGES.flatMap((name) => {
  const report = JSON.parse(readFileSync(`packages/${name}/reports/mutation.json`, 'utf8'));
  return Object.entries(report.files).map(([path, { mutants, source }]) => {
    const of = (...states) => mutants.filter(({ status }) => states.includes(status));
    return {
      path: `packages/${name}/${path}`,
      name,
      killed: of('Killed', 'Timeout').length,
      survivors: of('Survived', 'NoCoverage').map(({ location, replacement }) => ({
        line: location.start.line,
        text: `${snippet(between(source, location))} → ${snippet(replacement)}`,
      })),
    };
  });
});

function row(what, some) {
  const killed = some.reduce((sum, each) => sum + each.killed, 0);
  const survived = some.reduce((sum, { survivors }) => sum + survivors.length, 0);
  return `| ${what} | ${killed + survived} | ${killed} | ${((100 * killed) / (killed + survived)).toFixed(1)} % |`;
}

const tested = files.filter(({ killed, survivors }) => killed + survivors.length > 0);
const text = `# Mutants

Written by \`pnpm mutation\`, which makes small changes to the code and checks whether a test fails (Stryker). Changes that
fail to load, and those of code that runs once when a module is loaded, are not counted.

|  | mutants | killed | share |
| - | - | - | - |
${PACKAGES.map((name) =>
  row(
    `@churn/${name}${name === 'selection' ? ', metrics' : ''}`,
    tested.filter((file) => file.name === name),
  ),
).join('\n')}

## Survivors

${tested
  .filter(({ survivors }) => survivors.length > 0)
  .map(
    ({ path, survivors }) =>
      `### ${path}\n\n${survivors.map(({ line, text }) => `- ${line}: ${text}`).join('\n')}\n`,
  )
  .join('\n')}`;
writeFileSync('checks/mutants.md', text);
