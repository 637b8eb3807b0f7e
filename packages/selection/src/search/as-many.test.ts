import { asMany } from './as-many.js';

function things(n: number) {
  const waiting = Array.from({ length: n }, (_, i) => i);
  const begun: number[] = [];
  const finish: (() => void)[] = [];
  const work = (item: number) => {
    begun.push(item);
    return new Promise<void>((resolve) => finish.push(resolve));
  };
  return { begun, finish, next: () => waiting.shift(), work };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('asMany', () => {
  it('runs as many tasks as currently allowed, and more once that increases', async () => {
    const { begun, finish, next, work } = things(5);
    let most = 2;
    const { promise, more } = asMany(() => most, next, work);
    expect(begun).toEqual([0, 1]);
    finish[0]();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    most = 3;
    more();
    expect(begun).toEqual([0, 1, 2, 3]);
    most = 1;
    for (const end of finish) end();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    finish[4]();
    await promise;
  });

  it('ends at once without tasks, and fails with the first error', async () => {
    const { next, work } = things(0);
    await asMany(() => 3, next, work).promise;
    const failing = asMany(
      () => 1,
      things(1).next,
      async () => Promise.reject(new Error('failed')),
    );
    await expect(failing.promise).rejects.toThrow('failed');
  });
});
