/** What becomes of rows against the declared rules: a warning, or no score. */
export type RulesMode = 'warn' | 'reject';

/** The names of what `--rules` may be. */
export const RULES_MODES: readonly RulesMode[] = ['warn', 'reject'];
