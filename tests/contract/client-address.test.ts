import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { IngressArgs } from "../../components";
import { seenOfClients } from "../support/client-address";
import { codeBlocks, root } from "../support/readme";
import { arn, settingsOf } from "../support/settings";

const page = readFileSync(join(root, "docs/client-address.md"), "utf8");

/** The rows of the table: an ingress, and what applications see of its clients. */
const rows = [...page.matchAll(/^\| `(\{.*\})` \| (.*) \| (.*) \| (.*) \|$/gm)].map(
  ([, ingress = "", forwardedFor = "", client = "", proto = ""]) => ({
    ingress,
    args: parse(ingress.replace("<arn>", arn)) as IngressArgs,
    seen: { forwardedFor, client, proto },
  }),
);

describe("docs/client-address.md", () => {
  it("has a row for each strategy, target type, place where TLS ends and way to keep the address", () => {
    assert.ok(rows.length >= 15, String(rows.length));
    const given = new Set(
      rows.flatMap(({ args }) => [args.strategy, ...Object.keys(args), ...Object.keys(args.nlb || {})]),
    );
    for (const what of ["nlb", "alb", "trustedProxies", "tls", "targetType", "preserveClientIp", "proxyProtocol"])
      assert.ok(given.has(what), what);
  });

  for (const routing of ["istio", "gateway-api"] as const) {
    for (const { ingress, args, seen } of rows) {
      it(`reports what the plan makes of ${ingress} with routing ${routing}`, () => {
        assert.deepEqual(seenOfClients(settingsOf({ ingress: { ...args, routing } })), seen);
      });
    }
  }

  it("shows a Gateway and a VirtualService for a port that its configuration opens", () => {
    const [block = ""] = codeBlocks("yaml kubernetes", page);
    const [gateway, route] = parseAllDocuments(block).map((document) => document.toJS() as { readonly spec: Tcp });
    const ports = codeBlocks("yaml", page).flatMap((text) => {
      const { ingress } = parse(text) as { readonly ingress: IngressArgs };
      return Object.values((ingress.nlb || {}).ports || {});
    });
    const number = gateway?.spec.servers?.[0]?.port.number;
    assert.ok(ports.some(({ port }) => port === number));
    assert.equal(route?.spec.tcp?.[0]?.match[0]?.port, number);
    assert.deepEqual(gateway?.spec.selector, {
      istio: settingsOf({ ingress: { strategy: "nlb" } }).gateways[0]?.selector["istio"],
    });
  });
});

interface Tcp {
  readonly selector?: object;
  readonly servers?: readonly { readonly port: { readonly number: number } }[];
  readonly tcp?: readonly { readonly match: readonly { readonly port: number }[] }[];
}
