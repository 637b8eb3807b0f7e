import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The state of the code that a run was started beside. */
export interface GitState {
  /** The full hash. */
  readonly commit: string;
  /** Whether tracked files differ from the commit. */
  readonly dirty: boolean;
}

const run = promisify(execFile);
/** A repository so large that this takes longer is not waited for. */
const MOST_MS = 5000;

/** The commit that is checked out where the process works; `null` outside a repository, and if there is no Git. */
export async function gitState(cwd = process.cwd()): Promise<GitState | null> {
  const git = async (...args: string[]) => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
    return (await run('git', args, { cwd, timeout: MOST_MS, env })).stdout.trim();
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

/** A commit as Git shows it, and whether there were changes beside it. */
export function gitText(git: GitState | null): string {
  return git === null ? 'no repository' : `${git.commit.slice(0, 12)}${git.dirty ? ', with changes' : ''}`;
}
