import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(__dirname, '..');
const trainOn = readFileSync(join(SRC, 'training/train-on.ts'), 'utf8').replaceAll(
  "from './",
  "from '../training/",
);
/** The command, with what it has in common with other programs in the place of the call. */
const code = readFileSync(join(SRC, 'commands/train.ts'), 'utf8')
  .replace(/import \{ trainOn \}.*\n/, '')
  .replace('trainOn(', () => `${trainOn}\n(`);
const readme = readFileSync(join(SRC, '../README.md'), 'utf8');

/** The stages by the functions that `train` calls: those of a file of `training`, and those of the task. */
const stageOf = new Map([
  ...[...code.matchAll(/\btask\.(\w+)\(/g)].map(([, stage]) => [stage, stage] as const),
  ...[...code.matchAll(/import \{ (.*) \} from '\.\.\/training\/([\w-]+)\.js'/g)].flatMap(
    ([, names, stage]) => names.split(', ').map((name) => [name, stage] as const),
  ),
]);

/** Which stage hands what to which, as the code has it: by the names of the constants that calls of stages set and take. */
function edgesOfCode(): string[] {
  const made = new Map<string, string>();
  const edges = new Set<string>();
  const body = code.slice(code.indexOf('export async function train'));
  const calls = [...body.matchAll(/\b(\w+)\(([^()]*)\)/g)].filter(([, name]) => stageOf.has(name));
  const taken = (args: string) => args.match(/(?<![.\w])\w+(?=\.|,|$|\s*\})/g) ?? [];
  for (const [, results, expression] of body.matchAll(/const (\w+|\[[^\]]*\]) = ((?:.|\n)*?);\n/g)) {
    const stages = [...expression.matchAll(/\b(\w+)\(/g)].flatMap(([, name]) => stageOf.get(name) ?? []);
    (results.match(/\w+/g) ?? []).forEach((name, i) => {
      if (stages[i] !== undefined) made.set(name, stages[i]);
    });
  }
  for (const [, name, args] of calls) {
    for (const each of taken(args)) {
      if (made.has(each)) edges.add(`${made.get(each)} -->|${each}| ${stageOf.get(name)}`);
    }
  }
  return [...edges].sort();
}

it("has the stages of the README's diagram, with the same inputs and outputs", () => {
  const [, diagram] = /```mermaid\nflowchart LR\n([^`]*)```/.exec(readme) ?? [];
  const edges = diagram
    .trim()
    .split('\n')
    .map((line) => line.trim());
  expect(edgesOfCode()).toEqual(edges.sort());
});

it('documents each stage in the README, in the order of calls', () => {
  const called = [...code.matchAll(/\b(\w+)\(/g)].flatMap(([, name]) => stageOf.get(name) ?? []);
  const stages = [...new Set(called)];
  // The table of commands, which stands before the diagram, has the same form.
  const afterDiagram = readme.slice(readme.indexOf('```mermaid'));
  const told = [...afterDiagram.matchAll(/^\| `(\w+)` +\| /gm)].map(([, name]) => name);
  expect(told).toEqual(stages);
  for (const stage of stages) expect(existsSync(join(SRC, `training/${stage}.ts`))).toBe(true);
});

it('documents all folders of the application in the README', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'testing',
  );
  const told = [...readme.matchAll(/\(src\/([\w-]+)\)/g)].map(([, name]) => name);
  expect([...new Set(told)].sort()).toEqual(folders.map(({ name }) => name).sort());
});
