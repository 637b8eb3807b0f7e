import * as workerThreads from 'node:worker_threads';
import SQUARES from '../../wasm/squares.wasm';
import { openTeam, type Team, type ThreadedExports, workplace } from './team.js';

interface Squares extends ThreadedExports<'length' | 'squares' | 'writers'> {
  fill(summand: number): void;
  fillOften(nTimes: number): number;
  fail(): void;
}

const LENGTH = 100_000;
const teams: Team<Squares>[] = [];

function open(nThreads: number): Team<Squares> {
  const team = openTeam<Squares, 'length'>(SQUARES, { length: LENGTH }, nThreads);
  teams.push(team);
  return team;
}

/** Waits until `wanted` other threads are ready. */
function awaitReady({ module }: Team<Squares>, wanted: number): void {
  const ready = new Int32Array(module.memory.buffer, module.mailbox.value + 64, 1);
  const end = performance.now() + 50_000;
  while (Atomics.load(ready, 0) < wanted && performance.now() < end) Atomics.wait(ready, 0, ready[0], 100);
  expect(ready[0]).toBe(wanted);
}

function squares({ module }: Team<Squares>): number[] {
  return Array.from(new Float64Array(module.memory.buffer, module.squares.value, LENGTH));
}

function writers({ module }: Team<Squares>): Set<number> {
  return new Set(new Int32Array(module.memory.buffer, module.writers.value, LENGTH));
}

afterEach(() => {
  for (const team of teams.splice(0)) team.close();
});

describe('openTeam', () => {
  it.each([1, 2, 3, 5])('returns the same with %i threads', (nThreads) => {
    const team = open(nThreads);
    awaitReady(team, nThreads - 1);
    const seen = new Set<number>();
    const end = performance.now() + 40_000;
    // On a busy machine it can take a while until another thread gets a share of the work.
    const fewest = Math.min(nThreads, 2);
    for (let summand = 0; summand < 100 || (seen.size < fewest && performance.now() < end); summand++) {
      team.module.fill(summand);
      for (const writer of writers(team)) seen.add(writer);
      if (summand % 50 > 0) continue;
      expect(squares(team)).toEqual(Array.from({ length: LENGTH }, (_, i) => i * i + summand));
    }
    expect(seen.size).toBeGreaterThanOrEqual(fewest);
    expect(Math.max(...seen)).toBeLessThan(nThreads);
  });

  it('works before other threads are ready, and lets them join later', () => {
    const team = open(2);
    team.module.fill(7);
    expect(squares(team)[3]).toBe(16);
    awaitReady(team, 1);
    for (let call = 0; call < 100_000 && writers(team).size < 2; call++) team.module.fill(7);
    expect(writers(team)).toEqual(new Set([0, 1]));
  });

  it('does not take threads of another team until that is closed', () => {
    const first = open(5);
    const second = open(2);
    awaitReady(first, 4);
    second.module.fill(1);
    expect(writers(second)).toEqual(new Set([0]));
    first.close();
    const third = open(2);
    awaitReady(third, 1);
    third.module.fill(2);
    expect(squares(third)[2]).toBe(6);
  });

  it.each([1, 100, 300])('processes each of %i numbers exactly once per call', (length) => {
    const team = openTeam<Squares, 'length'>(SQUARES, { length }, 3);
    teams.push(team);
    awaitReady(team, 2);
    // With so little work, most is done before the other threads notice.
    expect(team.module.fillOften(200_000)).toBe(0);
  });

  it('continues alone after it is closed', () => {
    const team = open(3);
    awaitReady(team, 2);
    team.close();
    team.module.fill(5);
    expect(writers(team)).toEqual(new Set([0]));
    expect(squares(team)[10]).toBe(105);
  });

  it('fails if another thread fails', () => {
    const team = open(2);
    awaitReady(team, 1);
    expect(() => team.module.fail()).toThrow();
  });

  it('has one thread if workers do not start', () => {
    jest.isolateModules(() => {
      const start = jest.spyOn(workerThreads, 'Worker').mockImplementation(() => {
        throw new Error('forbidden');
      });
      const getBuiltinModule = jest
        .spyOn(process, 'getBuiltinModule')
        .mockImplementation(
          (name: string) => (name === 'node:worker_threads' ? workerThreads : undefined) as never,
        );
      const { openTeam: openAlone } = require('./team.js') as { openTeam: typeof openTeam };
      const team = openAlone<Squares, 'length'>(SQUARES, { length: LENGTH }, 4);
      team.module.fill(1);
      expect(squares(team)[9]).toBe(82);
      expect(start).toHaveBeenCalled();
      getBuiltinModule.mockRestore();
      start.mockRestore();
    });
  });
});

describe('workplace', () => {
  it('serves one team after another', () => {
    const { module, isShared, open: enter } = workplace<Squares, 'length'>(SQUARES, { length: LENGTH }, true);
    expect(isShared).toBe(true);
    for (let time = 0; time < 20; time++) {
      const close = enter(1 + (time % 3));
      if (time === 1) awaitReady({ module, close }, 1);
      for (let summand = 0; summand < 5; summand++) {
        module.fill(100 * time + summand);
        expect(squares({ module, close })[LENGTH - 1]).toBe((LENGTH - 1) ** 2 + 100 * time + summand);
      }
      close();
      module.fill(-1);
      expect(squares({ module, close })[0]).toBe(-1);
    }
  });

  it('has one thread if its memory is not shared', () => {
    const {
      module,
      isShared,
      open: enter,
    } = workplace<Squares, 'length'>(SQUARES, { length: LENGTH }, false);
    expect(isShared).toBe(false);
    const close = enter(3);
    module.fill(2);
    close();
    expect(squares({ module, close })).toEqual(Array.from({ length: LENGTH }, (_, i) => i * i + 2));
  });
});
