import { Graph, layout } from "@dagrejs/dagre";
import { describeResource } from "../describe";
import { type Node, criticalPath } from "../graph";
import type { Plan } from "../plan";
import { type Edge, essentialEdges, pictured } from "./edges";

/** Height of a box, and the width of a letter, in pixels. */
const boxHeight = 40;
const letterWidth = 7;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The picture of a plan: what is made, from left to right; thick what the whole waits for. */
export function svgText({ mesh, resources }: Plan): string {
  const nodes = pictured(resources, mesh);
  const slow = new Set(criticalPath(resources));
  const { width, height, boxOf, pointsOf, edges } = arrange(nodes, essentialEdges(resources, mesh));
  const arrows = edges.map((edge) => arrow(pointsOf(edge), slow.has(edge.from) && slow.has(edge.to)));
  const boxes = nodes.map((node) => box(node, boxOf(node), slow.has(node.name)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Order in which the mesh is made">
<style>
  .box rect { fill: #f6f8fa; stroke: #57606a; rx: 6; } .slow rect { stroke: #0969da; stroke-width: 3; }
  .box text { font: 12px ui-monospace, monospace; fill: #1f2328; } .box .kind { fill: #57606a; }
  .arrow { fill: none; stroke: #8c959f; } .arrow.slow { stroke: #0969da; stroke-width: 2.5; }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#8c959f"/></marker></defs>
${arrows.join("\n")}
${boxes.join("\n")}
</svg>
`;
}

function arrange(nodes: readonly Node[], edges: readonly Edge[]) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 12, ranksep: 50, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const letters = Math.max(node.name.length, describeResource(node).kind.length);
    graph.setNode(node.name, { width: letters * letterWidth + 24, height: boxHeight });
  }
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const { width, height } = graph.graph() as { width: number; height: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    edges,
    boxOf: ({ name }: Node) => graph.node(name) as unknown as Box,
    pointsOf: ({ from, to }: Edge) => (graph.edge(from, to) as unknown as { points: readonly Point[] }).points,
  };
}

function arrow(points: readonly Point[], slow: boolean): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${Math.round(x)} ${Math.round(y)}`).join(" ");
  return `<path class="arrow${slow ? " slow" : ""}" d="${path}" marker-end="url(#tip)"/>`;
}

function box(node: Node, { x, y, width, height }: Box, slow: boolean): string {
  const [left, top] = [Math.round(x - width / 2), Math.round(y - height / 2)];
  const { kind, detail } = describeResource(node);
  return `<g class="box${slow ? " slow" : ""}" data-name="${escapeXml(node.name)}"><title>${escapeXml(detail)}</title><rect x="${left}" y="${top}" width="${Math.round(width)}" height="${height}"/><text x="${left + 12}" y="${top + 17}">${escapeXml(node.name)}</text><text class="kind" x="${left + 12}" y="${top + 32}">${escapeXml(kind)}</text></g>`;
}

/** Text as it may stand in XML and HTML, in attributes too. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
