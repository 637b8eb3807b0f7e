import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifest, type Project, packageName } from './project-files.js';
import { readme } from './readme.js';

/** What a project is created from. */
export interface Creation {
  /** The folder to create; it may exist if it is empty. */
  readonly folder: string;
  /** The data file to copy; without it the project gets generated customers. */
  readonly data?: string;
  /** Options of `churn init`, such as `target`. */
  readonly init: Readonly<Record<string, string>>;
}

/** The target of the generated customers. */
const EXAMPLE = { target: 'Attrition_Flag', positive: 'Attrited Customer' };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Writes a project, installs `@churn/cli` into it, and runs `churn init` on the data. What was written is removed if that fails.
 *
 * @param install installs the project's dependencies in its folder.
 * @returns the names of the scripts to run next.
 * @throws an error about the folder or the data, or naming the step that failed, which has printed the reason.
 */
export function createProject(
  { folder, data, init }: Creation,
  install: (folder: string) => void = installByNpm,
): readonly string[] {
  const isNew = !existsSync(folder);
  if (!isNew && readdirSync(folder).length > 0) {
    throw new Error(`${folder}: expected a new or empty folder, got one with files`);
  }
  if (data !== undefined && !existsSync(data)) throw new Error(`${data}: there is no such file`);
  const options = data === undefined ? { ...EXAMPLE, ...init } : init;
  const project: Project = {
    name: packageName(basename(resolve(folder))),
    data: basename(data ?? 'customers.csv'),
    cli: JSON.parse(readFileSync(here('../package.json'), 'utf8')).devDependencies['@churn/cli'],
    isClassification: options.target !== undefined,
  };
  // Ctrl+C ends the running step, and what is written is removed, before the process ends.
  process.on('SIGINT', goOn);
  try {
    writeFiles(folder, project, data ?? here('../dist/customers.csv'));
    install(folder);
    const asked = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const churn = join('node_modules', '@churn', 'cli', 'bin', 'churn.js');
    runStep(process.execPath, [churn, 'init', '--data', `data/${project.data}`, ...asked], folder);
  } catch (error) {
    const written = isNew ? [folder] : readdirSync(folder).map((name) => join(folder, name));
    for (const path of written) rmSync(path, { recursive: true, force: true });
    throw error;
  } finally {
    process.off('SIGINT', goOn);
  }
  return ['train', 'predict', ...(project.isClassification ? ['campaign'] : []), 'serve'];
}

function goOn(): void {}

function writeFiles(folder: string, project: Project, data: string): void {
  mkdirSync(join(folder, 'data'), { recursive: true });
  cpSync(here('../template'), folder, { recursive: true });
  // npm excludes files named .gitignore from packages.
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  cpSync(data, join(folder, 'data', project.data));
  writeFileSync(join(folder, 'package.json'), manifest(project));
  writeFileSync(join(folder, 'README.md'), readme(project));
}

function installByNpm(folder: string): void {
  runStep('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

/** Runs a program with inherited output. */
function runStep(command: string, args: readonly string[], cwd: string): void {
  const isWindowsScript = process.platform === 'win32' && command === 'npm';
  const { status, signal, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: isWindowsScript,
  });
  if (error) throw new Error(`${command}: ${error.message}`);
  if (signal === 'SIGINT') throw new Error('interrupted; the project was not created');
  if (status !== 0)
    throw new Error(`the project was not created: ${basename(command)} ${args.slice(0, 2).join(' ')} failed`);
}
