import {
  MODEL_ROLES,
  type Model,
  Pipeline,
  requireParameter,
  requireSpecification,
  type Transformer,
} from '@churn/core';
import type { AnyModel } from '../model.js';
import { identityKeys, specificationKey } from './specification-key.js';

/** Candidates that are fitted together on a fold: the same transforms, then models of one class. */
export interface PlanGroup {
  /** Numbers of the transforms before the model; candidates with the same beginning share its numbers. */
  readonly prefix: readonly number[];
  /** The candidates, without duplicates. */
  readonly candidates: readonly number[];
}

/** What a search does, and what it need not do twice. */
export interface SearchPlan {
  readonly groups: readonly PlanGroup[];
  /** For each candidate the first one that is the same as it: itself, unless it is a duplicate. */
  readonly sameAs: readonly number[];
  /** How many fits a loop over candidates and folds would need, and how many the plan does. */
  readonly fits: {
    readonly models: { readonly separate: number; readonly planned: number };
    readonly transforms: { readonly separate: number; readonly planned: number };
  };
  /** The plan in words, one line per group: what is shared, and how many fits are saved. */
  explain(): string;
}

/**
 * Plans the work that candidates share: identical candidates are fitted once, common leading transforms once per fold, and models of one
 * class after the same transforms by one `fitMany`.
 */
export function planSearch(candidates: readonly AnyModel[], nFolds: number): SearchPlan {
  requireParameter(Array.isArray(candidates), 'candidates', 'a list of models to be fitted', candidates);
  for (const each of candidates) requireSpecification(each, 'candidates', MODEL_ROLES);
  requireParameter(Number.isInteger(nFolds) && nFolds >= 1, 'nFolds', 'an integer of at least 1', nFolds);
  const planner = new SearchPlanner(nFolds);
  planner.add(candidates);
  return planner.plan();
}

/** Plans a search whose candidates come in several lists. */
export class SearchPlanner {
  readonly #keyOf = identityKeys();
  readonly #first = new Map<string, number>();
  readonly #nodes = new Map<string, number>();
  readonly #candidates: AnyModel[] = [];
  readonly #groups: PlanGroup[] = [];
  /** For each candidate the first one that is the same as it. */
  readonly sameAs: number[] = [];
  #separateTransforms = 0;

  constructor(readonly nFolds: number) {}

  /** The groups of further candidates, numbered on from those before; one that is the same as an earlier one is in none. */
  add(candidates: readonly AnyModel[]): PlanGroup[] {
    const keyOf = this.#keyOf;
    const groups = new Map<string, { prefix: number[]; candidates: number[] }>();
    for (const candidate of candidates) {
      const index = this.#candidates.length;
      this.#candidates.push(candidate);
      const { steps, model } = partsOf(candidate);
      this.#separateTransforms += steps.length;
      const prefix: number[] = [];
      let path = '';
      for (const step of steps) {
        path += `/${specificationKey(step, keyOf)}`;
        const node = this.#nodes.get(path) ?? this.#nodes.size;
        this.#nodes.set(path, node);
        prefix.push(node);
      }
      const key = `${path}//${specificationKey(model, keyOf)}`;
      const same = this.#first.get(key) ?? index;
      this.#first.set(key, same);
      this.sameAs.push(same);
      if (same !== index) continue;
      // Without a fitMany there is nothing to gain from one piece of work, and workers are better used by several.
      const together = model.fitMany
        ? `${keyOf(model.constructor as () => unknown, 'class')} ${model.fitManyKey?.() ?? ''}`
        : `${index}`;
      const group = groups.get(`${path}//${together}`) ?? { prefix, candidates: [] };
      group.candidates.push(index);
      groups.set(`${path}//${together}`, group);
    }
    this.#groups.push(...groups.values());
    return [...groups.values()];
  }

  /** The plan of all candidates so far. */
  plan(): SearchPlan {
    const { nFolds } = this;
    const candidates = [...this.#candidates];
    const plan = {
      groups: [...this.#groups],
      sameAs: [...this.sameAs],
      fits: {
        models: { separate: candidates.length * nFolds, planned: this.#groups.length * nFolds },
        transforms: {
          separate: this.#separateTransforms * nFolds,
          planned: this.#nodes.size * nFolds,
        },
      },
    };
    return { ...plan, explain: () => explain(plan, candidates, nFolds) };
  }
}

/** The transforms and the model of a candidate, which may be a model alone. */
export function partsOf(candidate: AnyModel): {
  readonly steps: readonly Transformer[];
  readonly model: Model;
} {
  if (!(candidate instanceof Pipeline)) return { steps: [], model: candidate as Model };
  return { steps: candidate.steps, model: candidate.model as Model };
}

function explain(
  { groups, sameAs, fits }: Omit<SearchPlan, 'explain'>,
  candidates: readonly AnyModel[],
  nFolds: number,
): string {
  const duplicates = sameAs.filter((same, index) => same !== index).length;
  const lines = [
    `${candidates.length} candidates x ${nFolds} folds = ${fits.models.separate} fits, done in ${fits.models.planned} pieces`,
    `${duplicates} candidates are duplicates of others, fitted once`,
    `${fits.transforms.separate} fits of transforms, ${fits.transforms.planned} of them different`,
  ];
  groups.forEach((group, i) => {
    const { steps, model } = partsOf(candidates[group.candidates[0]]);
    const before = steps.map(nameOf).join(' > ');
    const together = group.candidates.length > 1 ? `${group.candidates.length} together` : '1';
    lines.push(`group ${i + 1}: ${nameOf(model)}, ${together}${before && `, after ${before}`}`);
  });
  return lines.join('\n');
}

function nameOf(part: object): string {
  // Not the class name if there is a type: bundlers may rename classes.
  const { name, type = name } = part.constructor as { name: string; type?: string };
  return type;
}
