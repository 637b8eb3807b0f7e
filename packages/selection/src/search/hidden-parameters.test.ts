import { fitThenTransform, Labels, Pipeline, Table, type Transformer } from '@churn/core';
import * as models from '@churn/models';
import { LogisticRegression } from '@churn/models';
import * as transforms from '@churn/transforms';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { requireVisibleParameters } from './hidden-parameters.js';
import { search } from './search.js';

/** `share` of the column that tells the classes apart, and the rest of one that does not. */
function blended(x: Table, share: number): Table {
  const noise = x.numeric('noise');
  return Table.fromColumns({ blend: x.numeric('a').map((v, i) => share * v + (1 - share) * noise[i]) });
}

/** What all of these have in common. */
abstract class Step {
  readonly role = 'transformer';
  protected abstract get share(): number;
  fit(_: Table) {
    const share = this.share;
    const transform = (x: Table) => blended(x, share);
    return { role: 'transformer', type: 'Blend', state: {}, transform } as const;
  }
  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

class Public extends Step {
  constructor(readonly share: number) {
    super();
  }
}

class PrivateField extends Step {
  #share: number;
  constructor(share: number) {
    super();
    this.#share = share;
  }
  get share() {
    return this.#share;
  }
}

class PrivateBesidePublic extends PrivateField {
  readonly columns = ['a'];
}

class FieldWithDefault extends Step {
  readonly columns: readonly string[] = ['a'];
  #share = 0.5;
  constructor(share: number) {
    super();
    this.#share = share;
  }
  get share() {
    return this.#share;
  }
}

const shares = new WeakMap<object, number>();

class InWeakMap extends Step {
  readonly columns = ['a'];
  constructor(share: number) {
    super();
    shares.set(this, share);
  }
  get share() {
    return shares.get(this) ?? 0;
  }
}

const remember = (step: object, share: number) => void shares.set(step, share);

class InFarWeakMap extends Step {
  constructor(share: number) {
    super();
    remember(this, share);
  }
  get share() {
    return shares.get(this) ?? 0;
  }
}

class NotEnumerable extends Step {
  declare readonly share: number;
  constructor(share: number) {
    super();
    Object.defineProperty(this, 'share', { value: share });
  }
}

const byName = Symbol('share');

class BySymbol extends Step {
  readonly [byName]: number;
  constructor(share: number) {
    super();
    this[byName] = share;
  }
  get share() {
    return this[byName];
  }
}

/** Keeps its share in a function, which is another one in each candidate. */
function closure(share: number): Step {
  const step = new Public(0);
  return Object.assign(step, { fit: (x: Table) => new Public(share).fit(x) });
}

/** Makes another class each time, which closes over the share. */
function closedClass(share: number): Step {
  return new (class Closed extends Step {
    get share() {
      return share;
    }
  })();
}

class ShowsParameters extends PrivateField {
  static readonly parameters = { share: { isPlain: true } };
}

class PrivateMethod extends Public {
  #own = (x: Table) => super.fit(x);
  override fit(x: Table) {
    return this.#own(x);
  }
}

class Told extends Public {
  readonly #onWarning: (text: string) => void = () => {};
  override fit(x: Table) {
    this.#onWarning(`${'#'}share`);
    return this.#fit(x);
  }
  #fit(x: Table) {
    return super.fit(x);
  }
}

const n = 60;
const x = Table.fromColumns({
  a: Array.from({ length: n }, (_, i) => (i % 2) * 2 + ((i * 7) % 5) / 4),
  noise: Array.from({ length: n }, (_, i) => ((i * 13) % 11) / 2),
});
const y = Labels.from(Array.from({ length: n }, (_, i) => i % 2));

async function aucs(build: (share: number) => Step, order = [0.1, 0.8]): Promise<number[]> {
  const pipeline = (share: number) => new Pipeline([build(share) as Transformer], new LogisticRegression());
  const { candidates } = await search(order, { pipeline, cv: new StratifiedKFold({ nSplits: 3 }) }, x, y);
  return candidates.map(({ scores }) => scores.rocAuc.mean);
}

describe('a search', () => {
  it.each<[string, (share: number) => Step]>([
    ['a public field', (share) => new Public(share)],
    ['a field that is not enumerable', (share) => new NotEnumerable(share)],
    ['a symbol field', (share) => new BySymbol(share)],
    ['a function unique to each', closure],
    ['a class unique to each', closedClass],
    ['a public field, with a callback and a private method', (share) => new Told(share)],
  ])('distinguishes candidates by %s, in either order', async (_, build) => {
    const [low, high] = await aucs(build);
    expect(high).toBeGreaterThan(low);
    expect(await aucs(build, [0.8, 0.1])).toEqual([high, low]);
    expect([await aucs(build, [0.1]), await aucs(build, [0.8])]).toEqual([[low], [high]]);
  });

  it.each<[string, (share: number) => Step, string]>([
    ['a private field', (share) => new PrivateField(share), 'PrivateField hides #share'],
    [
      'a private field with a default',
      (share) => new FieldWithDefault(share),
      'FieldWithDefault hides #share',
    ],
    [
      'a private field of a base class',
      (share) => new PrivateBesidePublic(share),
      'PrivateBesidePublic hides #share',
    ],
    ['a private function', (share) => new PrivateMethod(share), 'PrivateMethod hides #own'],
    ['a weak map', (share) => new InWeakMap(share), 'InWeakMap hides what it keeps of itself in a map'],
    [
      'a weak map filled by another function',
      (share) => new InFarWeakMap(share),
      'InFarWeakMap hides what its constructor is given',
    ],
    [
      'private fields behind shown parameters',
      (share) => new ShowsParameters(share),
      'ShowsParameters hides its parameters (share)',
    ],
  ])('rejects a class that hides its parameters in %s', async (_, build, message) => {
    await expect(aucs(build)).rejects.toMatchObject({
      code: 'invalid-parameter',
      message: expect.stringContaining(message),
    });
  });

  it('finds them in the output of compilers and minifiers', () => {
    const sources = [
      'class A{#a;#onB=1;constructor(a){this.#a=a}fit(){}}',
      'class A{columns=1;#a=1;fit(){return this.#a}}',
      'class A { constructor(a) { _A_a.set(this, void 0); this.b = 1; } fit() {} }',
      'class A { constructor(a) { __privateAdd(this, a); this.b = 1; } fit() {} }',
      '(function () { function A(a) { keep(this, a); } A.prototype.fit = function () {}; return A; })()',
    ];
    for (const source of sources) {
      const make = new Function('_A_a', '__privateAdd', 'keep', `return ${source}`);
      const A = make(
        new WeakMap(),
        () => {},
        () => {},
      );
      expect(() => requireVisibleParameters(new A(1))).toThrow('A hides ');
    }
  });

  it('ignores private methods, and text that looks like a field', () => {
    const sources = [
      'class A { a = 1; #fit() { return this.#of(); } #of() {} static #made = 0; fit() { return "\\n#fff;" } }',
      'class A { get #b() { return 1; } async #c() {} *#d() {} a = this.#b; fit() { return #b in this } }',
      'class A { fit() {} }',
      'class A { constructor() { this.a = 1; } fit() {} }',
    ];
    for (const source of sources) {
      const A = new Function(`return ${source}`)();
      expect(() => requireVisibleParameters(new A())).not.toThrow();
    }
  });

  it('accepts all classes of the packages', () => {
    const options: Readonly<Record<string, unknown>> = {
      BaggedClassifier: { classifier: new LogisticRegression() },
      CalibratedClassifier: { classifier: new LogisticRegression() },
      StackingClassifier: { classifiers: [new LogisticRegression()] },
      VotingClassifier: { classifiers: [new LogisticRegression()] },
    };
    const made = Object.entries({ ...models, ...transforms }).flatMap(([name, each]) => {
      if (typeof each !== 'function' || !('fit' in (each.prototype ?? {}))) return [];
      try {
        return [new (each as unknown as new (of?: unknown) => object)(options[name])];
      } catch {
        // It needs options, which is another matter.
        return [];
      }
    });
    expect(made.length).toBeGreaterThan(30);
    for (const each of made) expect(() => requireVisibleParameters(each)).not.toThrow();
  });
});
