import type { Build } from '@churn/distributed';
import { version } from '../../package.json';

/** Whose code decides what comes of a piece. */
const PACKAGES = ['core', 'transforms', 'models', 'selection', 'distributed'];

let build: Promise<Build> | undefined;

/** The build of this application, by which processes that work together tell whether they are the same. */
export function buildOfApplication(): Promise<Build> {
  build ??= read();
  return build;
}

async function read(): Promise<Build> {
  const { readBuild } = await import('@churn/distributed');
  const folders = PACKAGES.map((name) => new URL('.', import.meta.resolve(`@churn/${name}`)));
  return readBuild(version, [new URL('.', import.meta.url), ...folders]);
}
