import { ChurnError, isPlainObject, type Parameter } from '@churn/core';

/** A private field where a class declares its members: unlike a private method it is followed by `=`, `;` or the end of a line. */
const PRIVATE_FIELD =
  /(?<=[{;}\n]|\*\/)\s*#([\p{ID_Start}$_][\p{ID_Continue}$]*)[ \t]*(?==(?![=>])|[;}\n])/gu;

/** What compilers make of private fields for older engines, and what does the same by hand. */
const WEAK_MAP =
  /\.set\(\s*this\s*,|\b(?:__privateAdd|__privateSet|__classPrivateFieldSet|_classPrivateField\w*)\(\s*this\b/;

/** By convention a private field of such a name holds a callback, which is told something and changes no result. */
const CALLBACK = /^on\p{Lu}/u;

/**
 * Rejects a specification with hidden parameters: candidates that differ only in them would look the same, and all get the result of the
 * first.
 *
 * A class that shows its `parameters`, as those of this project do, need only have fields. Of any other, private fields, weak maps and a
 * constructor whose arguments leave no field behind are taken for hidden parameters; a field `#onWarning` is a callback.
 *
 * @throws `invalid-parameter`, naming the class and what it hides.
 */
export function requireVisibleParameters(specification: object): void {
  const classes = classesOf(specification);
  if (classes.length === 0) return;
  const hidden = hiddenIn(specification, classes);
  if (hidden === undefined) return;
  const { name } = classes[0];
  throw new ChurnError(
    'invalid-parameter',
    `${name} hides ${hidden}, so a search cannot distinguish its candidates; keep its parameters in public fields`,
  );
}

function hiddenIn(specification: object, classes: readonly Class[]): string | undefined {
  const fields = Reflect.ownKeys(specification).filter((key) => key !== 'role' && key !== 'type');
  const parameters = shownParameters(classes[0]);
  if (parameters) {
    const plain = Object.keys(parameters).filter((key) => parameters[key].isPlain);
    return plain.length > 0 && fields.length === 0 ? `its parameters (${plain.join(', ')})` : undefined;
  }
  const sources = classes.map((each) => Function.prototype.toString.call(each));
  const names = sources.flatMap((source) => Array.from(source.matchAll(PRIVATE_FIELD), ([, name]) => name));
  const own = names.filter((name) => !CALLBACK.test(name));
  if (own.length > 0) return own.map((name) => `#${name}`).join(', ');
  if (sources.some((source) => WEAK_MAP.test(source))) return 'what it keeps of itself in a map';
  if (fields.length > 0 || !takesArguments(classes, sources)) return undefined;
  return 'what its constructor is given';
}

type Class = (new (...given: never[]) => object) & { readonly parameters?: unknown };

/** The class of an object and those that it extends; none for a plain object. */
function classesOf(value: object): Class[] {
  const classes: Class[] = [];
  for (let made = Object.getPrototypeOf(value); made; made = Object.getPrototypeOf(made)) {
    const maker = made.constructor;
    if (typeof maker !== 'function' || maker === Object) break;
    classes.push(maker);
  }
  return classes;
}

function shownParameters({ parameters }: Class): Readonly<Record<string, Parameter>> | undefined {
  return isPlainObject(parameters) ? (parameters as Readonly<Record<string, Parameter>>) : undefined;
}

/** Whether the first constructor that is written out has a parameter. */
function takesArguments(classes: readonly Class[], sources: readonly string[]): boolean {
  for (const [i, source] of sources.entries()) {
    const written = /\bconstructor\s*\(\s*([^\s)])?/.exec(source);
    if (written) return written[1] !== undefined;
    if (!source.startsWith('class')) return classes[i].length > 0;
  }
  return false;
}
