import { Table } from '@churn/core';
import type { ExecutorSession } from '@churn/selection';
import type { RedisJob } from './redis-job';
import { WorkerSessions } from './worker-sessions';

const jobOf = (session: string): RedisJob => ({
  session,
  job: { data: '', exportName: 'pipeline', context: null, forOrder: false },
  isShared: false,
  task: { piece: { fold: 0, prefix: [], candidates: [0] }, params: [{}] },
});

/** Sessions whose tasks end when they are closed; `opened` counts them. */
function endlessSessions() {
  const counts = { opened: 0, running: 0 };
  const open = (): ExecutorSession => {
    counts.opened++;
    let stop: (error: Error) => void;
    const run = () => {
      counts.running++;
      return new Promise<never>((_, reject) => {
        stop = reject;
      });
    };
    return {
      run,
      fit: run,
      close: async () => {
        counts.running--;
        stop(new Error('closed'));
      },
    };
  };
  const sessions = new WorkerSessions({
    executor: { concurrency: 1, open: async () => open() } as never,
    modules: { pipeline: 'pipeline.mjs' },
    read: async () => ({ x: Table.fromMatrix([]), y: [], folds: [] }) as never,
  });
  return { sessions, counts };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('stop the running tasks of a search that ends, and begin none that arrives later', async () => {
  const { sessions, counts } = endlessSessions();
  const running = sessions.run(jobOf('a'));
  await settle();
  expect(counts).toEqual({ opened: 1, running: 1 });
  await sessions.close('a');
  expect(await running).toBeUndefined();
  expect(await sessions.run(jobOf('a'))).toBeUndefined();
  expect(counts).toEqual({ opened: 1, running: 0 });
});

it('begin no task of a search that ended before its first', async () => {
  const { sessions, counts } = endlessSessions();
  await sessions.close('a');
  expect(await sessions.run(jobOf('a'))).toBeUndefined();
  expect(counts.opened).toBe(0);
});

it('begin no task after all are closed', async () => {
  const { sessions, counts } = endlessSessions();
  await sessions.closeAll();
  expect(await sessions.run(jobOf('a'))).toBeUndefined();
  expect(counts.opened).toBe(0);
});
