import { parseAllDocuments } from "yaml";
import type { Block } from "../tree";
import { run } from "./command";
import { helmOnPath } from "./helm-program";
import type { Validator } from "./validator";

/** One release to render. */
export interface RenderRequest {
  /** The chart's folder. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  readonly values: Block;
}

/** What Helm makes of a release. */
export interface Rendered {
  readonly objects: readonly Block[];
  /** What Helm tells the user; empty where only `helm template` could be asked. */
  readonly notes: string;
}

/** Renders charts with Helm's own engine, each question once. */
export type Render = (request: RenderRequest) => Promise<Rendered>;

/** Helm as a library if there is a validator, else the helm on the PATH; none where there is neither. */
export function renderer(validator: Validator | undefined): Render | undefined {
  if (validator !== undefined) return remembered((request) => validator.ask<Rendered>("render", { ...request }));
  return helmOnPath() ? remembered(renderWithHelm) : undefined;
}

function remembered(render: Render): Render {
  const known = new Map<string, Promise<Rendered>>();
  return (request) => {
    const key = JSON.stringify(request);
    const rendered = known.get(key) ?? render(request);
    known.set(key, rendered);
    return rendered;
  };
}

/** Renders as anyone can on a command line. */
export async function renderWithHelm({ chart, release, namespace, values }: RenderRequest): Promise<Rendered> {
  const text = await run("helm", ["template", release, chart, "--namespace", namespace, "--values", "-"], {
    input: JSON.stringify(values),
  });
  const objects = parseAllDocuments(text).map((document) => document.toJS() as Block | null);
  return { objects: objects.filter((object) => object !== null), notes: "" };
}
