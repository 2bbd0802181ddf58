import assert from "node:assert/strict";
import type { AllowedPeerArgs } from "../../../components/inputs/kubernetes/allowed-peer-args";
import {
  checkAllowedPeers,
  resolveAllowedPeers,
  warnOfAllowedPeers,
} from "../../../components/security/network-policies/resolve-allowed-peers-args";
import { namespaceSecurity, onlyProblem, placesOf } from "../../support/settings";

const config: AllowedPeerArgs = { direction: "egress", cidr: "10.0.8.0/24", ports: [8888] };
const check = (args: Readonly<Record<string, AllowedPeerArgs>>) => ({ problems: checkAllowedPeers("shop", args) });

describe("resolveAllowedPeers", () => {
  it("takes TCP, every port and every pod where nothing is said", () => {
    const all = { direction: "ingress", namespace: "legacy" } as const;
    assert.deepEqual(resolveAllowedPeers({ config, all }), [
      { direction: "egress", peer: { cidr: "10.0.8.0/24" }, ports: [8888], protocol: "TCP" },
      { direction: "ingress", peer: { namespace: "legacy", podLabels: {} }, ports: [], protocol: "TCP" },
    ]);
  });

  it("takes pods by labels, of the same namespace where no other is named", () => {
    const [one] = resolveAllowedPeers({
      job: { direction: "ingress", podLabels: { app: "job" }, ports: [53], protocol: "UDP" },
    });
    const peer = { namespace: undefined, podLabels: { app: "job" } };
    assert.deepEqual(one, { direction: "ingress", peer, ports: [53], protocol: "UDP" });
  });
});

describe("checkAllowedPeers", () => {
  it("takes an address range, a namespace, pods, or pods of a namespace", () => {
    const direction = "ingress" as const;
    const podLabels = { app: "job" };
    const args = {
      ...{ a: config, b: { direction, namespace: "legacy" }, c: { direction, podLabels } },
      d: { direction, namespace: "legacy", podLabels },
    };
    assert.deepEqual(placesOf(check(args)), []);
  });

  it("wants one of them, and not both", () => {
    const nobody = onlyProblem(check({ a: { direction: "egress", podLabels: {} } }));
    assert.deepEqual([nobody.path, nobody.given], ["namespaces.shop.allowedPeers.a", '"nobody"']);
    const both = onlyProblem(check({ a: { ...config, podLabels: { app: "config" } } }));
    assert.deepEqual([both.given, both.suggestion], ['"cidr and pods"', "make two entries of it"]);
  });

  it("refuses an empty list of ports, which Kubernetes takes for all of them", () => {
    assert.equal(onlyProblem(check({ a: { ...config, ports: [] } })).path, "namespaces.shop.allowedPeers.a.ports");
  });
});

describe("warnOfAllowedPeers", () => {
  const plaintextPorts = [{ name: "metrics", selector: { app: "shop" }, ports: [9090, 9091] }];
  const warnings = (args: Readonly<Record<string, AllowedPeerArgs>>, networkPolicies = true) =>
    warnOfAllowedPeers(namespaceSecurity({ networkPolicies, plaintextPorts, allowedPeers: resolveAllowedPeers(args) }));

  it("warns of plaintext ports that the NetworkPolicy keeps everybody away from", () => {
    const scraper: AllowedPeerArgs = { direction: "ingress", namespace: "metrics", ports: [9090] };
    assert.match(warnings({ scraper }).join(), /^namespaces\.shop\.plaintextPorts\.metrics: port 9091 takes plaintext/);
    assert.equal(warnings({ outwards: { direction: "egress", namespace: "metrics" } }).length, 2);
    assert.equal(warnings({ udp: { ...scraper, protocol: "UDP" } }).length, 2);
    assert.deepEqual(warnings({ all: { direction: "ingress", namespace: "metrics" } }), []);
    assert.deepEqual(warnings({}, false), []);
  });

  it("warns of IPv6 ranges that AWS's agent does not see", () => {
    const address = (cidr: string) =>
      warnings({ all: { direction: "ingress", namespace: "metrics" }, config: { direction: "egress", cidr } });
    assert.match(address("2001:db8:1:2:3:4:5:6/128").join(), /does not see 2001:db8:1:2:3:4:5:6\/128/);
    assert.deepEqual(address("2001:db8::/32"), []);
    assert.deepEqual(address("10.0.0.0/8"), []);
  });
});
