import { hostname } from 'node:os';

/** This machine, as names of files tell it. */
export const HOST = hostname().replace(/[^\w-]/g, '-') || 'host';

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
