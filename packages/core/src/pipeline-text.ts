import { escapeHtml } from './escape-html.js';
import type { FittedPart } from './model.js';
import { visibleText } from './visible-text.js';

/** A part as displayed by a pipeline: a specification or a fitted part. */
type ShownPart = object & Partial<Pick<FittedPart, 'type'>> & { describe?(): string };

const SHOWN_CHARACTERS = 100;

/** The parts of a pipeline in order, as a text diagram. */
export function pipelineText(title: string, parts: readonly ShownPart[]): string {
  const lines = parts.map((part, i) => `${i < parts.length - 1 ? '├─' : '└─'} ${partText(part)}`);
  return [title, ...lines].join('\n');
}

/** The same as HTML, for notebooks. */
export function pipelineHtml(title: string, parts: readonly ShownPart[]): string {
  const box = 'border:1px solid;border-radius:4px;padding:2px 8px;margin:2px 0';
  const boxes = parts.map((part) => `<div style="${box}">${escapeHtml(partText(part))}</div>`).join('');
  return `<div style="display:inline-block;${box}"><strong>${escapeHtml(title)}</strong>${boxes}</div>`;
}

function partText(part: ShownPart): string {
  const text = part.describe?.() ?? `${nameOf(part)}${optionsText(part)}`;
  const line = visibleText(text.replace(/\s+/g, ' '));
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS - 1)}…` : line;
}

function nameOf(part: ShownPart): string {
  // Not the class name if there is a type: bundlers may rename classes.
  const { name, type = name } = part.constructor as { readonly name: string; readonly type?: string };
  return part.type ?? type;
}

/** The non-default options of a specification; empty if there are none. */
function optionsText(part: ShownPart): string {
  const { parameters = {} } = part.constructor as {
    readonly parameters?: Readonly<Record<string, { readonly default?: unknown }>>;
  };
  const { options = {} } = part as { readonly options?: Readonly<Record<string, unknown>> };
  const changed = Object.entries(parameters).flatMap(([name, parameter]) => {
    const text = JSON.stringify(options[name]);
    return text === undefined || text === JSON.stringify(parameter.default) ? [] : [`${name}: ${text}`];
  });
  return changed.length > 0 ? ` { ${changed.join(', ')} }` : '';
}
