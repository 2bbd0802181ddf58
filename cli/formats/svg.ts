import { Graph, layout } from "@dagrejs/dagre";
import { describeResource } from "../plan/describe";
import type { Plan } from "../plan/plan";
import { type Arrow, type Box, pictureOf } from "./boxes";
import { escapeXml } from "./page/escape";

/** Height of a box, width of a letter, and the space for the number of a wave, in pixels. */
const boxHeight = 42;
const letterWidth = 7.3;
const margin = 88;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

/** The picture of a plan, from the top down: a band for each wave; thick what the whole waits for. */
export function svgText(plan: Plan): string {
  const { boxes, arrows } = pictureOf(plan);
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

/**
 * Lays boxes out. A chain of points, one for each wave, that nothing draws, holds every box in the band of its wave:
 * the layout would put it as near as it can to what it belongs to.
 */
function arrange(boxes: readonly Box[], arrows: readonly Arrow[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 18, ranksep: 46, marginx: 16, marginy: 18 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, label, kind } of boxes) {
    const width = Math.round(Math.max(label.length, kind.length) * letterWidth + 24);
    graph.setNode(id, { width, height: boxHeight });
  }
  for (const { from, to } of arrows) graph.setEdge(from, to);
  const waves = Math.max(0, ...boxes.map(waveOf));
  const held = (wave: number) => `/wave/${wave}`;
  for (let wave = 0; wave <= waves + 1; wave += 1) {
    graph.setNode(held(wave), { width: 0, height: 0 });
    if (wave > 0) graph.setEdge(held(wave - 1), held(wave), { weight: 0 });
  }
  for (const one of boxes) {
    graph.setEdge(held(waveOf(one) - 1), one.id, { weight: 0 });
    graph.setEdge(one.id, held(waveOf(one) + 1), { weight: 0 });
  }
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
  const middles = new Map(boxes.map((box) => [waveOf(box), placeOf(box).y]));
  return [...middles].map(([wave, y]) => {
    const top = Math.round(y - boxHeight / 2 - 10);
    const band = `<rect class="band" x="0" y="${top}" width="${width}" height="${boxHeight + 20}" rx="8"/>`;
    return `${band}<text class="wave" x="16" y="${Math.round(y + 4)}">wave ${wave + 1}</text>`;
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
