import { at, textAt, type KubernetesObject } from "../../check/kubernetes-object";
import type { FoundObjects } from "../takeover/planned-objects";
import type { Reader } from "../proposals";
import { isTree, type Tree } from "../trees";

/** Who may talk to whom: denial of all that nobody allows, NetworkPolicies, and ports that take plaintext. */
export function policyReaders(found: FoundObjects): readonly Reader[] {
  return [...plaintextReaders(found), denialReader(found), networkReader(found)];
}

/** What the mesh configuration says of identities and TLS, in the members for it. */
export function identityReaders(meshConfig: unknown): readonly Reader[] {
  const members = {
    trustDomain: textAt(meshConfig, "trustDomain"),
    minimumTlsVersion: textAt(meshConfig, "meshMTLS", "minProtocolVersion"),
  };
  return Object.entries(members).map(([member, value]) => () => {
    return value === "" ? [] : [{ args: { security: { [member]: value } } }];
  });
}

function denialReader({ AuthorizationPolicy }: FoundObjects): Reader {
  const denied = AuthorizationPolicy.some(({ metadata }) => metadata.name === "default-deny");
  return () => (denied ? [{ args: { security: { defaultDeny: true } } }] : []);
}

const networkPolicy = "istio-mesh";

/** All namespaces of the arguments but those without a policy, else only those with one. */
function networkReader({ NetworkPolicy }: FoundObjects): Reader {
  const closed = NetworkPolicy.filter(({ metadata }) => metadata.name === networkPolicy).map(
    ({ metadata }) => metadata.namespace,
  );
  return ({ namespaces }) => {
    if (closed.length === 0) return [];
    const names = Object.keys(isTree(namespaces) ? namespaces : {});
    const open = names.filter((name) => !closed.includes(name));
    const of = (some: readonly string[], networkPolicies: boolean): Tree =>
      Object.fromEntries(some.map((name) => [name, { networkPolicies }]));
    return [
      { args: { security: { networkPolicies: true }, namespaces: of(open, false) } },
      {
        args: {
          namespaces: of(
            names.filter((name) => closed.includes(name)),
            true,
          ),
        },
      },
    ];
  };
}

const prefix = "plaintext-";

function plaintextReaders({ PeerAuthentication }: FoundObjects): readonly Reader[] {
  return PeerAuthentication.filter(({ metadata }) => metadata.name.startsWith(prefix)).map(
    (policy) =>
      ({ namespaces }: Tree) =>
        // A namespace outside the mesh would become one of its own by being named.
        at(namespaces, String(policy.metadata.namespace)) === undefined ? [] : [{ args: plaintextArgs(policy) }],
  );
}

function plaintextArgs({ metadata, ...policy }: KubernetesObject): Tree {
  const ports = at(policy, "spec", "portLevelMtls");
  const entry = {
    selector: at(policy, "spec", "selector", "matchLabels"),
    ports: Object.keys(isTree(ports) ? ports : {}).map(Number),
  };
  const plaintextPorts = { [metadata.name.slice(prefix.length)]: entry };
  return { namespaces: { [String(metadata.namespace)]: { plaintextPorts } } };
}
