import assert from "node:assert/strict";
import { mergeServers } from "../../../components/ingress/gateways/servers";
import type { GatewayServer } from "../../../components/plan/ingress";

const http: GatewayServer = {
  name: "http",
  port: 80,
  protocol: "HTTP",
  hosts: ["a.example.com"],
  redirect: false,
  secretName: undefined,
};
const https: GatewayServer = { ...http, name: "https", port: 443, protocol: "HTTPS", secretName: "shop-tls" };

describe("mergeServers", () => {
  it("joins servers that differ in their hosts only, each host once", () => {
    const other = { ...http, hosts: ["b.example.com", "a.example.com"] };
    assert.deepEqual(mergeServers([http, other]), [{ ...http, hosts: ["a.example.com", "b.example.com"] }]);
  });

  it("serves every host as soon as one of them does", () => {
    const every = { ...http, hosts: [] };
    assert.deepEqual(mergeServers([http, every]), [every]);
    assert.deepEqual(mergeServers([every, http]), [every]);
  });

  it("keeps apart what differs in port, protocol, redirect or certificate", () => {
    const different = [
      https,
      { ...https, port: 8443 },
      { ...https, secretName: "other-tls" },
      { ...https, protocol: "HTTP" as const },
      { ...https, redirect: true },
    ];
    assert.deepEqual(mergeServers(different), different);
  });

  it("keeps the order in which they were asked for, also when it joins later ones to earlier ones", () => {
    const deferred = { ...http, hosts: ["b.example.com"] };
    const later = { ...https, hosts: ["b.example.com"] };
    assert.deepEqual(
      mergeServers([https, http, later, deferred]).map(({ port, hosts }) => [port, hosts.length]),
      [
        [443, 2],
        [80, 2],
      ],
    );
  });
});
