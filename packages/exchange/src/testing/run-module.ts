import type { FittedModel, FittedPart, FittedPipeline, Row } from '@churn/core';
import { toJavaScript } from '../javascript/to-javascript.js';
import { lower } from '../program/lowering/lower.js';
import type { SurvivalLoweringOptions } from '../program/lowering/survival.js';
import type { Program } from '../program/program.js';

type Exported = (row: Row) => Record<string, unknown>;

/** The exports of a generated module. */
export function runModule(program: Program): Record<string, unknown> {
  const script = toJavaScript(program).code.replace(/^export /gm, '');
  const names = [...toJavaScript(program).code.matchAll(/^export (?:const|function) (\w+)/gm)].map(
    ([, name]) => name,
  );
  return new Function(`${script}\nreturn { ${names.join(', ')} };`)();
}

/** The result for each row; `undefined` if it is rejected. */
export function runRows(
  fitted: FittedPipeline<FittedPart> | FittedModel,
  rows: readonly Row[],
  options?: SurvivalLoweringOptions,
): (Record<string, unknown> | undefined)[] {
  const exported = runModule(lower(fitted, options));
  const run = (exported.predict ?? exported.transform) as Exported;
  return rows.map((row) => {
    try {
      return run(row);
    } catch {
      return undefined;
    }
  });
}
