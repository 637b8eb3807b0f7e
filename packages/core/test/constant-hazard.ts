import { Durations, type DurationsLike } from '../src/durations.js';
import { exp } from '../src/elementary/exp.js';
import type { StateReader } from '../src/state-reader.js';
import type { FittedSurvivalModel, SurvivalModel } from '../src/survival-model.js';
import type { Table } from '../src/table.js';
import { requireTargetPerRow } from '../src/target.js';

/** One hazard for all rows and times: events over observed time. */
export class ConstantHazard implements SurvivalModel<FittedConstantHazard> {
  readonly role = 'survival';
  static readonly type = 'ConstantHazard';

  static restore(state: StateReader): FittedConstantHazard {
    return new FittedConstantHazard({ hazard: state.number('hazard') });
  }

  fit(x: Table, y: DurationsLike): FittedConstantHazard {
    const durations = Durations.from(y);
    requireTargetPerRow(x, durations);
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
    return new FittedConstantHazard({ hazard: sum(durations.events) / sum(durations.values) });
  }
}

export class FittedConstantHazard implements FittedSurvivalModel {
  readonly role = 'survival';
  readonly type = ConstantHazard.type;
  readonly features: readonly string[] = [];
  readonly times: readonly number[] = [];

  constructor(readonly state: { readonly hazard: number }) {}

  predict(x: Table): Float64Array {
    return new Float64Array(x.nRows).fill(this.state.hazard);
  }

  predictSurvival(x: Table, times: ArrayLike<number>): Float64Array[] {
    return Array.from(times, (time) => new Float64Array(x.nRows).fill(exp(-this.state.hazard * time)));
  }
}
