import { logicalNames } from "../logical-names";
import type { KubernetesObjectPlan } from "../plan/kubernetes-object";
import type { Tree } from "../plan/input-value";
import type { PlaintextPortsSettings, SecuritySettings } from "../plan/security-settings";
import { MtlsMode } from "../plan/enums";

/** Logical names of what an object in a namespace comes after. */
export type AfterNamespace = (namespace: string) => readonly string[];

/**
 * Plans whether pods refuse plaintext: one object for the mesh if it says so, one for each namespace that differs, and
 * one for each choice of ports that go on taking plaintext.
 *
 * Istio takes ports only from a policy with a selector. Such a policy says nothing else of its pods, so that they follow
 * their namespace, and the change from permissive to strict leaves it alone.
 */
export function planPeerAuthentications(
  security: SecuritySettings,
  after: AfterNamespace,
): readonly KubernetesObjectPlan[] {
  const { rootNamespace } = security;
  const meshWide = security.mtls === undefined ? MtlsMode.Permissive : security.mtls;
  const make = (namespace: string, name: string, spec: Tree) =>
    peerAuthentication({ namespace, name }, spec, after(namespace));
  return [
    ...(security.mtls === undefined ? [] : [make(rootNamespace, "default", { mtls: { mode: modes[security.mtls] } })]),
    ...security.namespaces.flatMap(({ name, mtls, plaintextPorts }) => [
      ...(mtls === meshWide ? [] : [make(name, "default", { mtls: { mode: modes[mtls] } })]),
      ...plaintextPorts.map((entry) => make(name, `plaintext-${entry.name}`, plaintextSpec(entry))),
    ]),
  ];
}

/** Istio's words. */
const modes: Readonly<Record<MtlsMode, string>> = { permissive: "PERMISSIVE", strict: "STRICT" };

/** Not `DISABLE`, which ambient does not heed: a caller with mTLS is still welcome. */
function plaintextSpec({ selector, ports }: PlaintextPortsSettings): Tree {
  return {
    selector: { matchLabels: selector },
    portLevelMtls: Object.fromEntries(ports.map((port) => [String(port), { mode: "PERMISSIVE" }])),
  };
}

function peerAuthentication(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  spec: Tree,
  after: readonly string[],
): KubernetesObjectPlan {
  return {
    name: logicalNames.peerAuthentication(namespace, name),
    after,
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name, namespace },
    body: { spec },
  };
}
