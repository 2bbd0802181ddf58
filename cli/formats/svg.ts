import { Graph, layout } from "@dagrejs/dagre";
import { describeResource } from "../plan/describe";
import type { Plan } from "../plan/plan";
import { type Arrow, type Box, pictureOf } from "./boxes";
import { escapeXml } from "./page/escape";

/** Height of a box, width of a letter, and the space for the number of a wave, in pixels. */
const boxHeight = 42;
const letterWidth = 7.3;
const margin = 88;
/** A wave whose boxes take more than that, in pixels, stands in several rows. */
const rowWidth = 1100;
const boxSpace = 18;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

/** The picture of a plan, from the top down: a band for each wave; thick what the whole waits for. */
export function svgText(plan: Plan, { boxes, arrows } = pictureOf(plan)): string {
  const verb = plan.removal === true ? "removed" : "made";
  const { width, height, placeOf, pointsOf } = arrange(boxes, arrows);
  const slow = new Set(boxes.filter((box) => box.slow).map(({ id }) => id));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Order in which the mesh is ${verb}">
<style>${style}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>
${bands(boxes, placeOf, width).join("\n")}
${arrows.map((one) => arrow(one, pointsOf(one), slow.has(one.from) && slow.has(one.to))).join("\n")}
${boxes.map((one) => box(one, placeOf(one))).join("\n")}
</svg>
`;
}

const style = `
  .band { fill: #f6f8fa; } .wave { font: 600 12px system-ui, sans-serif; fill: #59636e; }
  .box rect { fill: #fff; stroke: #818b98; rx: 7; } .box text { font: 12px ui-monospace, monospace; fill: #1f2328; }
  .box .kind { font: 12px system-ui, sans-serif; fill: #59636e; } .box.slow rect { stroke: #0969da; stroke-width: 2.5; }
  .arrow { fill: none; stroke: #818b98; stroke-width: 1.2; } .arrow.slow { stroke: #0969da; stroke-width: 2.2; } .tip { fill: #818b98; }
`;

/** Number of a box's wave among those that are drawn. */
function waveOf({ nodes }: Box): number {
  return Math.max(...nodes.map(({ wave }) => wave));
}

function widthOf({ label, kind }: Box): number {
  return Math.round(Math.max(label.length, kind.length) * letterWidth + 24);
}

/** The boxes row by row, from the top down: a wave that is too wide for the page has several. */
function rowsOf(boxes: readonly Box[]): readonly (readonly Box[])[] {
  const waves = [...new Set(boxes.map(waveOf))].sort((one, other) => one - other);
  return waves.flatMap((wave) => {
    const all = boxes.filter((box) => waveOf(box) === wave);
    const total = all.reduce((sum, box) => sum + widthOf(box) + boxSpace, 0);
    const length = Math.ceil(all.length / Math.ceil(total / rowWidth));
    return Array.from({ length: Math.ceil(all.length / length) }, (_, row) =>
      all.slice(row * length, (row + 1) * length),
    );
  });
}

/**
 * Lays boxes out. A chain of points, one for each row, that nothing draws, holds every box in its row: the layout would
 * put it as near as it can to what it belongs to.
 */
function arrange(boxes: readonly Box[], arrows: readonly Arrow[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: boxSpace, ranksep: 46, edgesep: 3, marginx: 16, marginy: 18 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of boxes) graph.setNode(box.id, { width: widthOf(box), height: boxHeight });
  for (const { from, to } of arrows) graph.setEdge(from, to);
  const rows = rowsOf(boxes);
  const held = (row: number) => `/row/${row}`;
  for (let row = -1; row <= rows.length; row += 1) {
    graph.setNode(held(row), { width: 0, height: 0 });
    if (row >= 0) graph.setEdge(held(row - 1), held(row), { weight: 0 });
  }
  rows.forEach((row, index) => {
    for (const { id } of row) {
      graph.setEdge(held(index - 1), id, { weight: 0 });
      graph.setEdge(id, held(index + 1), { weight: 0 });
    }
  });
  layout(graph);
  return placed(graph, boxes);
}

/** Where everything stands once it is laid out, moved to the right of the waves' numbers and up to the edge. */
function placed(graph: Graph, boxes: readonly Box[]) {
  const raw = boxes.map(({ id }) => graph.node(id) as unknown as Placed);
  const top = Math.min(...raw.map(({ y }) => y)) - boxHeight;
  const moved = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + margin, y: place.y - top });
  const placeOf = (id: string) => moved(graph.node(id) as unknown as Placed);
  return {
    width: Math.ceil(Math.max(...raw.map(({ x, width }) => x + width / 2))) + margin + 16,
    height: Math.ceil(Math.max(...raw.map(({ y }) => y)) - top + boxHeight),
    placeOf: ({ id }: Box) => placeOf(id),
    /** From the middle of the upper box's foot to the middle of the lower one's head. */
    pointsOf: ({ from, to }: Arrow): readonly Point[] => {
      const { points } = graph.edge(from, to) as unknown as { points: readonly Point[] };
      const [start, end] = [placeOf(from), placeOf(to)];
      return [
        { x: start.x, y: start.y + boxHeight / 2 },
        // Between neighbouring waves nothing stands in the way of a straight curve.
        ...(end.y - start.y < 2.5 * boxHeight ? [] : points.slice(1, -1).map(moved)),
        { x: end.x, y: end.y - boxHeight / 2 },
      ];
    },
  };
}

function bands(boxes: readonly Box[], placeOf: (box: Box) => Placed, width: number): readonly string[] {
  return [...new Set(boxes.map(waveOf))].map((wave) => {
    const middles = boxes.filter((box) => waveOf(box) === wave).map((box) => placeOf(box).y);
    const [first, last] = [Math.min(...middles), Math.max(...middles)];
    const top = Math.round(first - boxHeight / 2 - 10);
    const height = Math.round(last - first) + boxHeight + 20;
    const band = `<rect class="band" x="0" y="${top}" width="${width}" height="${height}" rx="8"/>`;
    return `${band}<text class="wave" x="16" y="${Math.round((first + last) / 2 + 4)}">wave ${wave + 1}</text>`;
  });
}

function arrow({ from, to }: Arrow, points: readonly Point[], slow: boolean): string {
  const data = `data-from="${escapeXml(from)}" data-to="${escapeXml(to)}"`;
  return `<path class="arrow${slow ? " slow" : ""}" ${data} d="${curve(points)}" marker-end="url(#tip)"/>`;
}

/** A curve through points that leaves and enters each of them upright. */
function curve([start = { x: 0, y: 0 }, ...rest]: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${Math.round(x)} ${Math.round(y)}`;
  const steps = rest.map((point, index) => {
    const before = index === 0 ? start : (rest[index - 1] as Point);
    const middle = (before.y + point.y) / 2;
    return `C${at({ x: before.x, y: middle })} ${at({ x: point.x, y: middle })} ${at(point)}`;
  });
  return [`M${at(start)}`, ...steps].join(" ");
}

function box({ id, label, kind, nodes, slow }: Box, { x, y, width, height }: Placed): string {
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  const details = nodes.map((node) => `${node.name}: ${describeResource(node).detail}`);
  return `<g class="box${slow ? " slow" : ""}" data-name="${escapeXml(id)}"><title>${escapeXml(details.join("\n"))}</title><rect x="${left}" y="${top}" width="${width}" height="${height}"/><text x="${left + 12}" y="${top + 18}">${escapeXml(label)}</text><text class="kind" x="${left + 12}" y="${top + 33}">${escapeXml(kind)}</text></g>`;
}
