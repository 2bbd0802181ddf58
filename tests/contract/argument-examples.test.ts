import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";
import { defaultIstioVersion } from "../../components/control-plane/charts/versions";
import { istioMeshShape } from "../../components/istio-mesh-args";
import { accepts, schemaAt } from "../../components/inputs/suggestions/member-search";
import { givenAuthority } from "../support/certificates";
import { placesOf } from "../support/reference/args-page";
import { type Member, readDeclarations } from "../support/reference/declarations";

/** A member of the arguments, with its place in them. */
interface Argument extends Member {
  /** Where it is in the arguments; any name for the keys of maps and the places of lists. */
  readonly path: readonly string[];
}

const members: readonly Argument[] = placesOf(readDeclarations()).flatMap(({ declaration, paths }) =>
  declaration.members.map((member) => ({ ...member, path: [...keysOf(paths[0]), member.name] })),
);

/** Members that have a value of their own, and are no blocks of further members. */
const values = members.filter(({ type }) => !/\b\w+Args\b/.test(type));

/** What a path of the reference leads through: `ingress.routes[…]` through `ingress`, `routes` and an entry. */
function keysOf(path = ""): readonly string[] {
  return path.replaceAll("[…]", ".0").split(".").filter(Boolean);
}

/** Values that only a program has: a resource, or an output of one. */
const expressions: Readonly<Record<string, string>> = {
  "cluster.eksCluster": 'new eks.Cluster("production")',
  "cluster.kubeconfig": 'clusterStack.requireOutput("kubeconfig")',
  "multiCluster.peers": '{ "production-west": { kubeconfig: west.requireOutput("peerAccess") } }',
  "multiCluster.peers.<name>.kubeconfig": 'west.requireOutput("peerAccess")',
};

/** Texts that are too long for an example stand there by their first line. */
const shortened: Readonly<Record<string, string>> = {
  "-----BEGIN CERTIFICATE-----…": givenAuthority.certificate,
  "-----BEGIN PRIVATE KEY-----…": givenAuthority.privateKey,
};

const nameOf = ({ path }: Argument) => path.join(".");
const codeOf = (text: string | undefined) => /^`([^`]+)`/.exec(text ?? "")?.[1];

/** What an example means in a program and in a configuration file alike; undefined where that is not one and the same value. */
function valueOf(example: string): unknown {
  if (example in shortened) return shortened[example];
  try {
    const ofProgram: unknown = runInNewContext(`(${example})`);
    return JSON.stringify(ofProgram) === JSON.stringify(parse(example)) ? parse(example) : undefined;
  } catch {
    return undefined;
  }
}

describe("The docstrings of the arguments", () => {
  it("say of each what it is", () => {
    const silent = members.filter(({ doc }) => doc.text === "");
    assert.deepEqual(silent.map(nameOf), []);
  });

  it("name the default version of Istio", () => {
    const version = members.find((member) => nameOf(member) === "istio.version");
    assert.equal(codeOf(version?.doc.defaultValue), `"${defaultIstioVersion}"`);
  });
});

describe("The examples of the arguments", () => {
  it("are there for every argument", () => {
    const missing = values.filter(({ doc }) => codeOf(doc.example) === undefined);
    assert.deepEqual(missing.map(nameOf), []);
    assert.ok(values.length > 200);
  });

  it("are values that the argument takes", () => {
    const refused = members.flatMap((argument) => {
      const example = codeOf(argument.doc.example);
      if (example === undefined || example === expressions[nameOf(argument)]) return [];
      const schema = schemaAt(istioMeshShape, argument.path);
      assert.ok(schema !== undefined, `${nameOf(argument)} has no schema`);
      const value = valueOf(example);
      return value !== undefined && accepts(schema, value) ? [] : [`${nameOf(argument)}: ${example}`];
    });
    assert.deepEqual(refused, []);
  });

  it("show something else than the default", () => {
    const same = members.filter(({ doc }) => {
      const example = codeOf(doc.example);
      return example !== undefined && example === codeOf(doc.defaultValue);
    });
    assert.deepEqual(same.map(nameOf), []);
  });

  it("are expressions only where a configuration file has no value for the argument", () => {
    const names = members.filter((member) => nameOf(member) in expressions);
    for (const member of names) assert.equal(codeOf(member.doc.example), expressions[nameOf(member)]);
    assert.deepEqual(names.map(nameOf), Object.keys(expressions));
  });
});
