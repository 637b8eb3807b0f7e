import { visibleText } from '@churn/core';
import { Document, isMap, isScalar, isSeq, type Scalar, visit } from 'yaml';
import type { TaskName } from '../config/target.js';

/** Comments in a configuration. */
export interface Comments {
  /** The task, which determines the models that are shown as examples. */
  readonly task: TaskName;
  /** At the top. */
  readonly heading: string;
  /** After dropped columns, by name. */
  readonly dropped: ReadonlyMap<string, string>;
  /** Above declared columns, by name. */
  readonly columns: ReadonlyMap<string, string>;
}

/** Models to list, by task. */
const EXAMPLES: Readonly<Record<TaskName, string>> = {
  classes: `  logistic_regression: { type: LogisticRegression, C: [10, 1] }
  gradient_boosting: { type: GradientBoostingClassifier, growth: [symmetric, leaf] }`,
  value: `  ridge: { type: Ridge, alpha: [1, 0.1] }
  gradient_boosting: { type: GradientBoostingRegressor, growth: [symmetric, leaf] }`,
  survival: `  cox_regression: { type: CoxRegression, alpha: [0.01, 0.001] }`,
};

/** The comment above the models. */
const MODELS = `Model selection is automatic: the models of the preset are compared by cross-validation, and the best are combined into an ensemble.
  fast: a few models; good: several diverse ones, within five minutes; best: more, within ten
preset: good
time: 5m # at most; or 90s, 1h
If the file does not fit into memory, boosted trees train on it as it is read; training: { streaming: false } refuses such files.
Models can be listed instead of "auto", each with values to try; "churn models" lists the types and their parameters:
models:`;

/** A configuration as YAML, short lists on one line. */
export function configurationText(config: object, { task, heading, dropped, columns }: Comments): string {
  const document = new Document(config);
  document.commentBefore = commentOf(heading);
  visit(document, {
    Seq(_, list) {
      list.flow = true;
    },
  });
  const drop = document.getIn(['data', 'drop']);
  if (isSeq(drop)) {
    drop.flow = false;
    for (const item of drop.items) {
      const reason = isScalar(item) && dropped.get(String(item.value));
      if (reason) (item as Scalar).comment = commentOf(reason);
    }
  }
  const declared = document.getIn(['data', 'columns']);
  for (const { key } of isMap(declared) ? declared.items : []) {
    const warning = isScalar(key) && columns.get(String(key.value));
    if (warning) (key as Scalar).commentBefore = commentOf(warning);
  }
  const top = document.contents;
  for (const { key } of isMap(top) ? top.items : []) {
    if (isScalar(key) && key.value === 'models')
      (key as Scalar).commentBefore = commentOf(`${MODELS}\n${EXAMPLES[task]}`);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Formats each line as a comment; text from the data cannot end it. */
function commentOf(text: string): string {
  return text
    .split('\n')
    .map((line) => ` ${visibleText(line)}`)
    .join('\n');
}
