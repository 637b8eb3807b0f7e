import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root, run } from './process';

/** Runs what the manifests of deploy/search run, on this machine. */
const FOLDER = join(root, 'deploy/search');
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** Checks objects against the OpenAPI schemas of Kubernetes, in a process of its own: it is an ES module alone. */
const VALIDATE = `
  import * as batch from 'kubernetes-models/batch/v1';
  import * as core from 'kubernetes-models/v1';
  for (const each of JSON.parse(process.argv[1])) {
    const { kind, apiVersion } = each;
    const Model = { 'batch/v1': batch, v1: core }[apiVersion][kind];
    try { await new Model(each).validate(); console.log(kind, 'ok'); }
    catch (error) { console.log(kind, error.message); }
  }
`;
const validated = (objects: readonly unknown[]) =>
  run(
    process.execPath,
    ['--input-type=module', '-e', VALIDATE, JSON.stringify(objects)],
    join(root, 'checks'),
  )
    .trim()
    .split('\n');

interface Container {
  readonly command: readonly string[];
  readonly args: readonly string[];
}
interface KubernetesJob {
  readonly kind: string;
  readonly spec: {
    completions?: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
}
interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'churn-deploy-'));
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${'AB'[i % 2]},${(i * 37) % 100},${(i * 37) % 100 > 55 + (i % 9) ? 'yes' : 'no'}`,
  );
  writeFileSync(join(project, 'data.csv'), `plan,usage,left\n${rows.join('\n')}\n`);
  const models =
    'models:\n  forest: { type: RandomForestClassifier, nEstimators: [10, 20] }\n  logistic: { type: LogisticRegression, C: [0.1, 1] }\n';
  mkdirSync(join(project, 'config'));
  writeFileSync(
    join(project, 'config/churn.yaml'),
    `data: { file: data.csv, target: left, positive: yes }\n${models}`,
  );
  cpSync(join(project, 'config/churn.yaml'), join(project, 'config.yaml'));
  mkdirSync(join(project, 'bin'));
  command('churn', `exec ${process.execPath} ${join(root, 'apps/churn/bin/churn.js')} "$@"`);
});

afterEach(() => rmSync(project, { recursive: true }));

/** Puts a command on the path. */
function command(name: string, script: string) {
  const file = join(project, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Runs a command in the project. @throws with what it said unless it succeeds. */
async function inProject(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const path = `${join(project, 'bin')}:${process.env.PATH}`;
  const child = spawn(program, args, { cwd: project, env: { ...process.env, ...env, PATH: path } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(said);
  return said;
}

const models = () =>
  readdirSync(join(project, 'outputs/latest/models'))
    .filter((name) => name.endsWith('.model.json'))
    .sort();

it('Kubernetes: valid objects, whose commands search and train', async () => {
  const objects = parseAllDocuments(text('kubernetes.yaml')).map((each) => each.toJS());
  expect(validated(objects)).toEqual(['Job ok', 'Job ok', 'PersistentVolumeClaim ok']);
  const [search, join_] = objects as [KubernetesJob, KubernetesJob];
  expect(validated([{ ...search, spec: { ...search.spec, completions: 'many' } }])[0]).toMatch(/completions/);
  const runs = ({ spec }: KubernetesJob, env = {}) => {
    const [{ command: program, args }] = spec.template.spec.containers;
    return inProject(
      program[0],
      [...program.slice(1), ...args.map((each) => each.replaceAll('/shared', project))],
      env,
    );
  };
  // Two of them are enough.
  const shards = ['0', '15'].map((index) => runs(search, { JOB_COMPLETION_INDEX: index }));
  for (const said of await Promise.all(shards)) expect(said).toMatch(/shard \d+\/16: 4 candidates tried/);
  await runs(join_);
  expect(models()).toEqual(['forest.model.json', 'logistic.model.json']);
});

it('Slurm: an array that searches, and a job that trains', async () => {
  command('srun', 'exec "$@"');
  expect(text('slurm.sh')).toMatch(/^#SBATCH --array=1-16$/m);
  const slurm = (script: string, env: Readonly<Record<string, string>>) =>
    inProject('sh', [join(FOLDER, script), 'config.yaml', 'search'], { SLURM_CPUS_PER_TASK: '1', ...env });
  const shards = ['1', '2'].map((id) =>
    slurm('slurm.sh', { SLURM_ARRAY_TASK_ID: id, SLURM_ARRAY_TASK_COUNT: '2' }),
  );
  for (const said of await Promise.all(shards)) expect(said).toMatch(/shard [12]\/2: 4 candidates tried/);
  await slurm('slurm-join.sh', {});
  expect(models()).toEqual(['forest.model.json', 'logistic.model.json']);
});

it('GitHub Actions: a matrix of jobs with fixed shares, pinned actions, and a job that trains', async () => {
  const { jobs } = parse(text('github-actions.yml')) as {
    readonly jobs: Readonly<
      Record<
        'search' | 'train',
        {
          readonly steps: readonly Step[];
          readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
        }
      >
    >;
  };
  const uses = Array.from(text('github-actions.yml').matchAll(/uses: *(.*)/g), ([, action]) => action);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  command('npx', 'shift; exec churn "$@"');
  const commandOf = (job: 'search' | 'train') => {
    const found = jobs[job].steps.find((step) => step.run?.includes('@churn/cli'));
    return found?.run as string;
  };
  const shards = jobs.search.strategy?.matrix.shard ?? [];
  expect(commandOf('search')).toContain(`"$SHARD/${shards.length}"`);
  const done = await Promise.all(
    [1, 3].map(async (shard) => {
      const own = commandOf('search').replace('--folder search', `--folder search-${shard}`);
      return inProject('sh', ['-c', own], { SHARD: String(shard) });
    }),
  );
  for (const said of done) expect(said).toMatch(/shard \d\/8: done; results: search-\d/);
  // As download-artifact merges them.
  for (const shard of [1, 3])
    cpSync(join(project, `search-${shard}`), join(project, 'search'), { recursive: true });
  await inProject('sh', ['-c', commandOf('train')]);
  expect(models()).toEqual(['forest.model.json', 'logistic.model.json']);
});
