import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The state of the Git repository that a run was started in. */
export interface GitState {
  /** The full hash. */
  readonly commit: string;
  /** Whether tracked files differ from the commit. */
  readonly dirty: boolean;
}

const run = promisify(execFile);
/** The time limit, in case of very large repositories. */
const MAX_MS = 5000;

/** The commit checked out in the working directory; `null` outside a repository or without Git. */
export async function gitState(cwd = process.cwd()): Promise<GitState | null> {
  const git = async (...args: string[]) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    return (await run('git', args, { cwd, timeout: MAX_MS, env })).stdout.trim();
  };
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', '--verify', 'HEAD'),
      git('-c', 'core.fsmonitor=false', 'status', '--porcelain', '--untracked-files=no'),
    ]);
    return { commit, dirty: changes !== '' };
  } catch {
    return null;
  }
}

/** A short commit hash, and whether there were uncommitted changes. */
export function gitText(git: GitState | null): string {
  return git === null ? 'no repository' : `${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`;
}
