import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Check } from './check.js';

/** The oldest Node that runs this application. */
const OLDEST_NODE = 20;
const GIB = 2 ** 30;
/** With less, a training on data of usual size may fail. */
const [FEW_MEMORY, FEW_DISK] = [1, 1];

/** Packages that only some formats need: their purpose, and the entry that is loaded. */
const OPTIONAL = [
  ['@duckdb/node-api', 'queries (data.query)', '@duckdb/node-api'],
  ['apache-arrow', 'Arrow files', 'apache-arrow'],
  ['read-excel-file', 'Excel workbooks', 'read-excel-file/node'],
] as const;

/** @param version the version of Node, as in `process.version`. */
export function nodeCheck(version: string): Check {
  const isNew = Number(/^v(\d+)/.exec(version)?.[1]) >= OLDEST_NODE;
  return isNew
    ? { name: 'Node', state: 'ok', found: version }
    : { name: 'Node', state: 'error', found: version, advice: `install Node ${OLDEST_NODE} or newer` };
}

/** @param free the available memory in bytes. @param total the memory of the machine in bytes. */
export function memoryCheck(free = freemem(), total = totalmem()): Check {
  const found = `${gib(free)} free of ${gib(total)}`;
  return free >= FEW_MEMORY * GIB
    ? { name: 'memory', state: 'ok', found }
    : {
        ...{ name: 'memory', state: 'warning', found },
        advice: 'close other programs, or set training.streaming: true for large files',
      };
}

export function coresCheck(): Check {
  const cores = availableParallelism();
  return { name: 'cores', state: 'ok', found: `${cores}, so ${cores} models are fitted in parallel` };
}

/** @param folder the output folder, which need not exist. */
export async function diskCheck(folder: string): Promise<Check> {
  const free = await freeBytes(resolve(folder));
  const found = free === undefined ? 'unknown' : `${gib(free)} free for ${folder}`;
  return free === undefined || free >= FEW_DISK * GIB
    ? { name: 'disk', state: 'ok', found }
    : { name: 'disk', state: 'warning', found, advice: 'remove old runs: churn runs clean --keep 5' };
}

/** Checks the packages that some formats need. @param locate throws if a package is not installed. */
export function optionalChecks(locate: (name: string) => unknown): Check[] {
  return OPTIONAL.map(([name, purpose, entry]): Check => {
    try {
      locate(entry);
      return { name, state: 'ok', found: `installed, for ${purpose}` };
    } catch {
      return {
        ...{ name, state: 'warning', found: `not installed; only ${purpose} need it` },
        advice: `npm install ${name}`,
      };
    }
  });
}

/** The free bytes on the disk of a folder, or of its nearest existing parent. */
async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : freeBytes(above);
  }
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
