import type { Build } from '@churn/distributed';
import { version } from '../../package.json';

/** The packages whose code affects the result of a task. */
const PACKAGES = ['core', 'transforms', 'models', 'selection', 'distributed'];

let build: Promise<Build> | undefined;

/** An identifier of this application's build, by which cooperating processes check that they are equal. */
export function buildOfApplication(): Promise<Build> {
  build ??= read();
  return build;
}

async function read(): Promise<Build> {
  const { readBuild } = await import('@churn/distributed');
  const folders = PACKAGES.map((name) => new URL('.', import.meta.resolve(`@churn/${name}`)));
  return readBuild(version, [new URL('.', import.meta.url), ...folders]);
}
