import type { Json, ParameterRecord, StateReader } from '@churn/core';

/** The settings kept in a state because they are needed to apply it. */
export function picked<T extends object, K extends keyof T>(settings: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as Pick<T, K>;
}

/** Reads these settings from a saved state, where parameters have the same form as in options. */
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
