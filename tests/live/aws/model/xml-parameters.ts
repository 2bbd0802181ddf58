import { plainValue } from "./plain-value";
import { type Member, type ServiceModel, shapeOf } from "./service-model";

/** An XML element without its attributes, which AWS' requests use for the namespace only. */
interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const token = /<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;

/** The root element of a document. AWS' clients send neither comments nor CDATA. */
export function readXml(document: string): Element | undefined {
  const top: Element = { name: "", children: [], text: "" };
  const open = [top];
  for (const [, closing, name, empty, text] of document.replace(/<\?[^>]*\?>/g, "").matchAll(token)) {
    const current = open[open.length - 1] ?? top;
    if (text !== undefined) current.text += unescaped(text);
    else if (closing === "/") open.pop();
    else {
      const child = { name: String(name), children: [], text: "" };
      current.children.push(child);
      if (empty !== "/") open.push(child);
    }
  }
  return top.children[0];
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&([^;]+);/g, (whole, name: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    return decimal === undefined ? (entities[name] ?? whole) : String.fromCodePoint(Number(decimal));
  });
}

/** The parameters in the body of a request in the protocol `rest-xml`. */
export function xmlParameters(model: ServiceModel, input: Member, element: Element): unknown {
  const shape = shapeOf(model, input);
  switch (shape.type) {
    case "structure": {
      const members = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
        const child = element.children.find((one) => one.name === (member.locationName ?? name));
        return child === undefined ? [] : [[name, xmlParameters(model, member, child)] as const];
      });
      return Object.fromEntries(members);
    }
    case "list": {
      const { member } = shape;
      return member === undefined ? [] : element.children.map((child) => xmlParameters(model, member, child));
    }
    default:
      return plainValue(shape.type, element.text);
  }
}
