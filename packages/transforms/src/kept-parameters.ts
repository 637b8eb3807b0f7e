import type { Json, ParameterRecord, StateReader } from '@churn/core';

/** The settings that are kept in a state, as what was learned is applied by them as well. */
export function picked<T extends object, K extends keyof T>(settings: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as Pick<T, K>;
}

/** These settings read from a saved state: a parameter is in a state what it is in options. */
export function restoredParameters(
  state: StateReader,
  parameters: ParameterRecord,
  names: readonly string[],
): Record<string, Json> {
  return Object.fromEntries(
    names.map((name) => {
      const value = state.get(name);
      state.expect(parameters[name].accepts(value), name, parameters[name].expected);
      return [name, value as Json];
    }),
  );
}
