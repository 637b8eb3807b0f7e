import { type FittedTransformer, type Restorable, StateReader } from '@churn/core';

/**
 * The checks that a class restores a state, and refuses it where a field of it has another value, naming the field.
 *
 * @param wrong the values to refuse, of each field.
 */
export function refusedStates<S extends object>(
  restorable: Restorable<FittedTransformer>,
  state: S,
  wrong: { readonly [K in keyof S]?: readonly unknown[] },
): { readonly name: string; run(): void }[] {
  const restore = (given: object) => restorable.restore(new StateReader(restorable.type, given), []);
  return Object.entries<readonly unknown[] | undefined>(wrong).flatMap(([field, values = []]) =>
    values.map((value) => ({
      name: `refuses the ${field} ${JSON.stringify(value)} in a state`,
      run() {
        expect(restore(state).state).toEqual(state);
        const message = expect.stringContaining(`"${field}"`);
        expect(() => restore({ ...state, [field]: value })).toThrow(
          expect.objectContaining({ code: 'model-file', message }),
        );
      },
    })),
  );
}
