import { hostname } from 'node:os';

/** This machine, as names of files tell it. */
export const HOST = hostname().replace(/[^\w-]/g, '-') || 'host';

/** A process that made a file. */
interface Maker {
  readonly host: string;
  readonly pid: number;
}

/** Whether another process is known to have ended: one of this machine that runs no more, or whose number this process has. */
export function hasEnded({ host, pid }: Maker): boolean {
  return host === HOST && (pid === process.pid || !isAlive(pid));
}

/** Whether a process of this machine runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
