import type { FittedKNeighbors } from '@churn/models';
import type { ClassifierLowering } from '../classifier-lowering.js';
import { named, refuseFeatures, refuseMissing } from './probabilities.js';

export const kNeighbors: ClassifierLowering = ({ fitted, frame, builder }) => {
  const { type, features, neighbors } = fitted as FittedKNeighbors;
  const { rows, codes, nNeighbors, weights, p, classes } = neighbors;
  const read = refuseFeatures(frame, features, builder, { takesMissing: false });
  const names = classes.map((_, k) => named('probability', k));
  const probabilities = builder.step(read, names, { from: 0, to: 1 }, (outputs) => ({
    kind: 'neighbors',
    of: type,
    features: read,
    rows: Array.from(codes, (_, row) => rows.slice(row * features.length, (row + 1) * features.length)),
    codes,
    nNeighbors,
    weights,
    p,
    outputs,
  }));
  refuseMissing(probabilities, builder);
  return { probabilities: () => probabilities };
};
