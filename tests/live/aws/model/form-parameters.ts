import { type Member, type ServiceModel, shapeOf } from "./service-model";
import { plainValue } from "./plain-value";

/** A form whose keys are paths (`Tags.member.1.Key`), as a tree. */
interface Branch {
  value: string | undefined;
  readonly children: Map<string, Branch>;
}

export interface FormParameters {
  readonly parameters: unknown;
  /** Keys that the model does not have. */
  readonly unknown: readonly string[];
}

/** The parameters of a request in the protocols `query` and `ec2`. */
export function formParameters(model: ServiceModel, input: Member, form: URLSearchParams): FormParameters {
  const root: Branch = { value: undefined, children: new Map() };
  for (const [key, value] of form) {
    if (key === "Action" || key === "Version") continue;
    const end = key.split(".").reduce(childOf, root);
    end.value = value;
  }
  const reader = new FormReader(model);
  return { parameters: reader.read(input, root, "") ?? {}, unknown: reader.unknown };
}

function childOf(branch: Branch, name: string): Branch {
  const found = branch.children.get(name) ?? { value: undefined, children: new Map<string, Branch>() };
  branch.children.set(name, found);
  return found;
}

interface MapShape {
  readonly key: Member | undefined;
  readonly value: Member | undefined;
}

class FormReader {
  public readonly unknown: string[] = [];

  public constructor(private readonly model: ServiceModel) {}

  public read(member: Member, branch: Branch, path: string): unknown {
    const shape = shapeOf(this.model, member);
    switch (shape.type) {
      case "structure":
        return this.structure(shape.members ?? {}, branch, path);
      case "list":
        return this.list(shape.member, { branch, path, flattened: this.isEc2 || shape.flattened === true });
      case "map":
        return this.map({ key: shape.key, value: shape.value }, branch, path);
      default:
        return plainValue(shape.type, branch.value ?? "");
    }
  }

  private get isEc2(): boolean {
    return this.model.metadata.protocol === "ec2";
  }

  private structure(members: Readonly<Record<string, Member>>, branch: Branch, path: string): unknown {
    const names = new Map(Object.entries(members).map(([name, member]) => [this.wireName(name, member), name]));
    for (const key of branch.children.keys()) if (!names.has(key)) this.unknown.push(`${path}${key}`);
    const found = [...names].flatMap(([wire, name]) => {
      const child = branch.children.get(wire);
      const member = members[name];
      if (child === undefined || member === undefined) return [];
      return [[name, this.read(member, child, `${path}${wire}.`)] as const];
    });
    return Object.fromEntries(found);
  }

  private wireName(name: string, { locationName, queryName }: Member): string {
    if (!this.isEc2) return locationName ?? name;
    const wire = locationName ?? name;
    return queryName ?? `${wire.charAt(0).toUpperCase()}${wire.slice(1)}`;
  }

  private list(
    member: Member | undefined,
    { branch, path, flattened }: { readonly branch: Branch; readonly path: string; readonly flattened: boolean },
  ): unknown {
    const items = flattened ? branch : branch.children.get(member?.locationName ?? "member");
    if (member === undefined || items === undefined) return [];
    const numbered = [...items.children].sort(([one], [other]) => Number(one) - Number(other));
    return numbered.map(([key, child]) => this.read(member, child, `${path}${key}.`));
  }

  private map({ key, value }: MapShape, branch: Branch, path: string) {
    const entries = [...(branch.children.get("entry") ?? branch).children.values()].map((entry) => {
      const name = entry.children.get(key?.locationName ?? "key")?.value ?? "";
      const child = entry.children.get(value?.locationName ?? "value");
      return [name, value === undefined || child === undefined ? undefined : this.read(value, child, path)] as const;
    });
    return Object.fromEntries(entries);
  }
}
