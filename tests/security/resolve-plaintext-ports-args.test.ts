import assert from "node:assert/strict";
import type { PlaintextPortsArgs } from "../../components/inputs/kubernetes/plaintext-ports-args";
import { checkPlaintextPorts, resolvePlaintextPorts } from "../../components/security/resolve-plaintext-ports-args";
import { onlyProblem, placesOf } from "../support/settings";

const metrics: PlaintextPortsArgs = { selector: { app: "shop" }, ports: [9090] };
const check = (args: Readonly<Record<string, PlaintextPortsArgs>>) => ({ problems: checkPlaintextPorts("shop", args) });

describe("resolvePlaintextPorts", () => {
  it("keeps each entry by its name", () => {
    assert.deepEqual(resolvePlaintextPorts({ metrics }), [{ name: "metrics", ...metrics }]);
  });

  it("goes on where something is missing; that is a problem already", () => {
    const [entry] = resolvePlaintextPorts({ metrics: {} as PlaintextPortsArgs });
    assert.deepEqual(entry, { name: "metrics", selector: {}, ports: [] });
  });
});

describe("checkPlaintextPorts", () => {
  it("wants ports of some pods: Istio takes neither ports alone nor pods alone", () => {
    const at = (entry: Partial<PlaintextPortsArgs>) => onlyProblem(check({ metrics: { ...metrics, ...entry } })).path;
    assert.equal(at({ selector: {} }), "namespaces.shop.plaintextPorts.metrics.selector");
    assert.equal(at({ ports: [] }), "namespaces.shop.plaintextPorts.metrics.ports");
  });

  it("refuses two choices of the same pods, of which Istio heeds the older one only", () => {
    const other = (selector: Record<string, string>) => placesOf(check({ metrics, other: { selector, ports: [80] } }));
    const place = "namespaces.shop.plaintextPorts.other.selector";
    assert.deepEqual(other({ app: "shop" }), [place]);
    assert.deepEqual(other({ app: "shop", version: "v2" }), [place]);
    assert.deepEqual(other({ app: "bank" }), []);
    const narrow = { selector: { app: "a", version: "b" }, ports: [1] };
    assert.deepEqual(placesOf(check({ narrow, wide: { selector: { app: "a" }, ports: [2] } })), [
      "namespaces.shop.plaintextPorts.wide.selector",
    ]);
  });
});
