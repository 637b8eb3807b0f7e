import { InvalidBlock, programOf } from './program.js';

/** Runs a program with stand-ins for what it calls; returns what it says of itself. */
async function run(blocks: readonly string[]): Promise<unknown[]> {
  const said: unknown[] = [];
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const { code } = programOf(blocks);
  await new AsyncFunction('__load', '__begin', '__show', 'say', code)(
    async (name: string, names: readonly string[]) => {
      said.push(`load ${name} ${names}`);
      return { a: 1, b: 2, default: 3 };
    },
    (block: number) => said.push(`block ${block}`),
    async (values: readonly unknown[]) => said.push(values),
    (value: unknown) => said.push(value),
  );
  return said;
}

describe('programOf', () => {
  it('loads what is imported, of which types are nothing', async () => {
    const code = "import whole, { type T, a,\n  b as c } from 'x';\nsay([whole, a, c] as T);\n";
    expect(await run([code])).toEqual(['block 0', 'load x a,b,default', [3, 1, 2], []]);
    expect(await run(["import * as all from 'x';\nsay(all.a);\n"])).toEqual(['block 0', 'load x ', 1, []]);
    expect(await run(["import type { T } from 'x';\n"])).toEqual(['block 0', []]);
  });

  it('lets later blocks see what earlier ones declare, and import it again', async () => {
    const blocks = [
      "import { a } from 'x';\nconst n: number = a;\n",
      "import { a, b } from 'x';\nsay(n + a + b);\n",
    ];
    expect(await run(blocks)).toEqual([...['block 0', 'load x a', [1]], ...['block 1', 'load x a,b', 4, []]]);
  });

  it('shows the constants of a block', async () => {
    expect(await run(['const first = 1;\nif (first) {\n  const inner = 2;\n  say(inner);\n}\n'])).toEqual([
      'block 0',
      2,
      [1],
    ]);
  });

  it('knows from which line of which block each line comes', () => {
    const { code, placeOf } = programOf(["import {\n  a,\n} from 'x';\na();\n", 'first();\nsecond();\n']);
    const lines = code.split('\n');
    const placeOfText = (text: string) => placeOf(lines.findIndex((line) => line.startsWith(text)) + 1);
    expect(placeOfText('a();')).toEqual({ block: 0, line: 3 });
    expect(placeOfText('first')).toEqual({ block: 1, line: 0 });
    expect(placeOfText('second')).toEqual({ block: 1, line: 1 });
  });

  it('tells where a block is not TypeScript', () => {
    let error: unknown;
    try {
      programOf(['a();\n', 'b();\nconst = 1;\n']);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidBlock);
    expect((error as InvalidBlock).place).toEqual({ block: 1, line: 1 });
  });
});
