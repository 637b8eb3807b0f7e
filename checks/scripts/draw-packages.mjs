// Draws the packages with their dependencies, as in their package.json files, to docs/images/packages.svg, without transitive dependencies.
// `--check` changes nothing and fails if the picture is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dagre from '@dagrejs/dagre';
import { project, publishedDirectories, ROOT, readManifest } from './project.mjs';

const PICTURE = join(ROOT, 'docs/images/packages.svg');
const [CHARACTER, HEIGHT, PADDING] = [8.5, 36, 14];

const prefix = `@${project().scope}/`;
const dependencies = new Map(
  publishedDirectories()
    .map((directory) => readManifest(join(ROOT, directory)))
    .map(({ name, dependencies = {} }) => [
      name,
      Object.keys(dependencies).filter((each) => each.startsWith(prefix)),
    ])
    // The project generator depends on none of them.
    .filter(([name, of]) => of.length > 0 || name === `${prefix}core`),
);

/** All packages that a package depends on, directly or transitively. */
const reach = (name) => new Set(dependencies.get(name).flatMap((each) => [each, ...reach(each)]));
const direct = (name) => {
  const of = dependencies.get(name);
  return of.filter((each) => !of.some((between) => reach(between).has(each)));
};

const graph = new dagre.graphlib.Graph();
graph.setGraph({ rankdir: 'BT', nodesep: 24, ranksep: 48, marginx: 4, marginy: 4 });
graph.setDefaultEdgeLabel(() => ({}));
for (const name of dependencies.keys()) {
  graph.setNode(name, { width: CHARACTER * name.length + 2 * PADDING, height: HEIGHT });
}
for (const name of dependencies.keys()) for (const each of direct(name)) graph.setEdge(name, each);
dagre.layout(graph);

const at = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
/** Where a line meets a box: on its upper or lower side, as close to its origin as possible. */
const port = ({ x, y, width }, from, side) => ({
  x: Math.max(x - 0.35 * width, Math.min(x + 0.35 * width, from)),
  y: y + (side * HEIGHT) / 2,
});
/** The line from a package to a dependency, through the layers between them. */
function path({ v, w }, points) {
  // Every second point lies between layers, not within one.
  const between = points.filter((_, index) => index % 2 === 0).slice(1, -1);
  const [from, to] = [graph.node(v), graph.node(w)];
  const start = port(from, (between[0] ?? to).x, -1);
  const end = port(to, (between.at(-1) ?? from).x, 1);
  let [curve, last] = [`M${at(start.x, start.y)}`, start];
  // Straight up past the boxes of a layer, so that no line touches one.
  const passed = between.flatMap(({ x, y }) => [
    { x, y: y + HEIGHT / 2 },
    { x, y: y - HEIGHT / 2 },
  ]);
  for (const next of [...passed, end]) {
    const middle = (last.y + next.y) / 2;
    curve += `C${at(last.x, middle)} ${at(next.x, middle)} ${at(next.x, next.y)}`;
    last = next;
  }
  return curve;
}
const { width, height } = graph.graph();
const edges = graph
  .edges()
  .map((edge) => `<path d="${path(edge, graph.edge(edge).points)}" marker-end="url(#tip)"/>`);
const boxes = graph.nodes().map((name) => {
  const { x, y, width: w } = graph.node(name);
  return `<rect x="${(x - w / 2).toFixed(1)}" y="${(y - HEIGHT / 2).toFixed(1)}" width="${w.toFixed(1)}" height="${HEIGHT}" rx="6"/><text x="${x.toFixed(1)}" y="${(y + 5).toFixed(1)}">${name}</text>`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img">
<title>The packages: each arrow leads from a package to one that it depends on</title>
<style>
path { fill: none; stroke: #6b7280; stroke-width: 1.5 }
marker path { fill: #6b7280; stroke: none }
rect { fill: #e8f1fa; stroke: #0072b2; stroke-width: 1.5 }
text { font: 14px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: #111827 }
@media (prefers-color-scheme: dark) {
  path { stroke: #9ca3af }
  marker path { fill: #9ca3af }
  rect { fill: #12283a; stroke: #56b4e9 }
  text { fill: #f3f4f6 }
}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${[...edges, ...boxes].join('\n')}
</svg>
`;

if (!process.argv.includes('--check')) writeFileSync(PICTURE, svg);
else if (readFileSync(PICTURE, 'utf8') !== svg) {
  process.stderr.write('docs/images/packages.svg is stale: run node checks/scripts/draw-packages.mjs\n');
  process.exit(1);
}
