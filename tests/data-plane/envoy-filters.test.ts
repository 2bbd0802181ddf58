import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planForwardedProto } from "../../components/ingress/gateways/forwarded-proto-plan";
import { planRateLimit } from "../../components/ingress/gateways/rate-limit-plan";
import type { GatewaySettings } from "../../components/plan/gateway-settings";
import type { KubernetesObjectPlan } from "../../components/plan/kubernetes-object";
import { envoyPartName, envoyVersions } from "../live/build/parts";
import { missingParts } from "../live/build/stamp";
import { Child } from "../live/test-env/child";
import { freePort } from "../live/test-env/port";
import { gateway } from "../support/settings";
import { get } from "./client/request";
import { envoyProgram } from "./pods/images";
import { describeUnlessMissing } from "./tier";

const burst = 5;
const rateLimit = { requestsPerSecond: burst, burst };

/** What the patches of an EnvoyFilter put into Envoy's configuration. */
function patched([filter]: readonly KubernetesObjectPlan[]): object {
  const { spec } = filter?.body as { spec: { configPatches: readonly { patch: { value: object } }[] } };
  return spec.configPatches[0]?.patch.value ?? {};
}

/** A listener with both filters of the component, which answers with the scheme that it would report. */
function bootstrap(port: number, settings: GatewaySettings): object {
  const forwardedProto = planForwardedProto({ gateway: settings, ports: [443], after: [] });
  const { typed_config: merged } = patched(forwardedProto) as { readonly typed_config: object };
  const router = { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" };
  const scheme = { key: "x-scheme", value: "%REQ(X-FORWARDED-PROTO)%" };
  const answer = {
    match: { prefix: "/" },
    direct_response: { status: 200 },
    response_headers_to_add: [{ header: scheme }],
  };
  const connectionManager = {
    ...merged,
    stat_prefix: "test",
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: [answer] }] },
    http_filters: [
      patched(planRateLimit({ gateway: settings, rateLimit, after: [] })),
      { name: "envoy.filters.http.router", typed_config: router },
    ],
  };
  const filter = { name: "envoy.filters.network.http_connection_manager", typed_config: connectionManager };
  const address = { socket_address: { address: "127.0.0.1", port_value: port } };
  return { static_resources: { listeners: [{ address, filter_chains: [{ filters: [filter] }] }] } };
}

for (const [minor, version] of Object.entries(envoyVersions)) {
  const missing = missingParts("traffic").filter((name) => name === envoyPartName(minor));
  describeUnlessMissing(`EnvoyFilters with Envoy ${version}, as in Istio ${minor}`, missing, () => {
    // Seen red without `filter_enforced`: no 429; and with the scheme `http` in the filter: http.
    for (const trustedProxies of [0, 1]) {
      it(`limit requests, and report https with ${trustedProxies} trusted proxies`, async () => {
        const folder = mkdtempSync(join(tmpdir(), "istio-eks-envoy-"));
        const port = await freePort();
        const file = join(folder, "envoy.json");
        writeFileSync(file, JSON.stringify(bootstrap(port, gateway({ trustedProxies }))));
        const command = [envoyProgram(envoyPartName(minor)), "-c", file, "--use-dynamic-base-id", "--concurrency", "1"];
        const [log, pids] = [join(folder, "log"), join(folder, "pids")];
        const envoy = new Child("envoy", command as [string, ...string[]], { log, environment: {}, pids });
        const ask = async () => get(`http://127.0.0.1:${port}/`, { address: "127.0.0.1", authority: "" });
        try {
          await envoy.answers(async () => (await ask()).status > 0, 30);
          const answers = await Promise.all(Array.from({ length: 4 * burst }, ask));
          assert.ok(answers.some(({ status }) => status === 429));
          await new Promise((resolve) => setTimeout(resolve, 1100));
          const { status, headers } = await ask();
          assert.deepEqual([status, headers["x-scheme"]], [200, "https"], readFileSync(log, "utf8"));
        } finally {
          await envoy.stop();
          rmSync(folder, { recursive: true });
        }
      });
    }
  });
}
