import type { JsonObject } from '@churn/core';

/** The parameters of a model in words: what it is, and its values; of a blend its members with their weights. */
export function parameterText(parameters: JsonObject): string {
  const { model, type, members, ...values } = parameters;
  const parts = Array.isArray(members)
    ? (members as unknown as readonly { model: string; weight: number }[]).map(
        (member) => `${member.weight.toFixed(2)} ${member.model}`,
      )
    : [];
  const given = Object.entries(values).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return `${type}: ${[...parts, ...given].join(', ')}`;
}
