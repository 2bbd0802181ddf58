import assert from "node:assert/strict";
import type { IngressArgs } from "../../components/ingress/ingress-args";
import { type IngressContext, resolveIngress } from "../../components/ingress/resolve-ingress-args";
import { arn, clusterSettings, onlyProblem, placesOf } from "../support/settings";

const around: IngressContext = {
  name: "shop",
  path: "ingress",
  cluster: clusterSettings(),
  controller: "aws-load-balancer-controller",
  gateway: "istio-ingress",
  service: "shop",
};
const resolve = (args: Partial<IngressArgs>, changes: Partial<IngressContext> = {}) =>
  resolveIngress({ strategy: "nlb", ...args }, { ...around, ...changes });
const service = "service.beta.kubernetes.io/aws-load-balancer-";
const alb = "alb.ingress.kubernetes.io/";

describe("resolveIngress", () => {
  it("is internal, for every host and for the VPC, unless told otherwise", () => {
    const { settings, problems } = resolve({});
    const { strategy, tls, healthCheck, ...rest } = settings;
    assert.deepEqual(rest, {
      name: "shop",
      gateway: "istio-ingress",
      service: "shop",
      scheme: "internal",
      ipAddressType: "ipv4",
      hostnames: [],
      dns: undefined,
      clients: [{ kind: "vpc" }],
      subnetIds: [],
      annotations: {},
      routes: [],
      rateLimit: undefined,
    });
    assert.deepEqual([strategy.kind, tls.redirectHttp, healthCheck.intervalSeconds], ["nlb", false, 10]);
    assert.deepEqual(problems, []);
  });

  it("keeps what is given", () => {
    const { settings, problems } = resolve({
      strategy: "alb",
      scheme: "internet-facing",
      ipAddressType: "dualstack",
      hostnames: ["a.example.com"],
      dns: { zoneId: "Z1" },
      tls: { certificateArn: arn },
      allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"],
      subnetIds: ["subnet-1", "subnet-2"],
      healthCheck: { intervalSeconds: 30 },
      alb: { idleTimeoutSeconds: 60 },
      annotations: { [`${alb}auth-type`]: "none" },
    });
    assert.deepEqual(problems, []);
    assert.equal(settings.strategy.kind, "alb");
    assert.deepEqual([settings.scheme, settings.ipAddressType], ["internet-facing", "dualstack"]);
    assert.deepEqual(settings.hostnames, ["a.example.com"]);
    assert.deepEqual(settings.dns?.zone, { kind: "id", id: "Z1" });
    assert.deepEqual(settings.tls.certificate, { kind: "arn", arn });
    assert.deepEqual(settings.clients, [
      { kind: "ipv4", cidr: "203.0.113.0/24" },
      { kind: "ipv6", cidr: "2001:db8::/32" },
    ]);
    assert.deepEqual(settings.subnetIds, ["subnet-1", "subnet-2"]);
    assert.equal(settings.healthCheck.intervalSeconds, 30);
    assert.deepEqual(settings.annotations, { [`${alb}auth-type`]: "none" });
  });

  describe("clients", () => {
    const clients = (args: Partial<IngressArgs>) => resolve(args).settings.clients;

    it("are everybody where the load balancer is public, over IPv6 too where it has such addresses", () => {
      const everybody = { kind: "ipv4", cidr: "0.0.0.0/0" };
      assert.deepEqual(clients({ scheme: "internet-facing" }), [everybody]);
      assert.deepEqual(clients({ scheme: "internet-facing", ipAddressType: "dualstack" }), [
        everybody,
        { kind: "ipv6", cidr: "::/0" },
      ]);
    });

    it("are the VPC where it is internal, whatever addresses it has", () => {
      assert.deepEqual(clients({ ipAddressType: "dualstack" }), [{ kind: "vpc" }]);
    });

    it("are those that are named, public or not", () => {
      const allowedCidrs = ["10.0.0.0/8"];
      for (const scheme of ["internal", "internet-facing"] as const) {
        assert.deepEqual(clients({ scheme, allowedCidrs }), [{ kind: "ipv4", cidr: "10.0.0.0/8" }]);
      }
    });

    it("are at least somebody, nobody twice, and by IPv6 only where it has such addresses", () => {
      assert.deepEqual(placesOf(resolve({ allowedCidrs: [] })), ["ingress.allowedCidrs"]);
      assert.deepEqual(placesOf(resolve({ allowedCidrs: ["10.0.0.0/8", "10.0.0.0/8"] })), ["ingress.allowedCidrs[1]"]);
      const { path, suggestion } = onlyProblem(resolve({ allowedCidrs: ["10.0.0.0/8", "2001:db8::/32"] }));
      assert.deepEqual(
        [path, suggestion],
        ["ingress.allowedCidrs[1]", 'remove it, or write ipAddressType: "dualstack"'],
      );
      assert.deepEqual(placesOf(resolve({ allowedCidrs: ["2001:db8::/32"], ipAddressType: "dualstack" })), []);
    });

    it("may be more than a security group holds by AWS's own limit of 60 rules, two for each", () => {
      const ranges = (count: number) => Array.from({ length: count }, (_, index) => `10.${index}.0.0/16`);
      const warnings = (count: number) =>
        resolve({ allowedCidrs: ranges(count), tls: { certificateArn: arn } }).warnings;
      assert.deepEqual(warnings(30), []);
      assert.match(warnings(31).join(), /^ingress\.allowedCidrs: they make 62 rules\. AWS allows 60/);
    });

    it("are let in on every listener, which the warnings about rules count", () => {
      const warnings = (args: Partial<IngressArgs>) =>
        resolve({ allowedPrefixListIds: ["pl-1"], ...args }).warnings.join();
      assert.match(warnings({ strategy: "alb" }), /\(1 here\)/);
      assert.match(warnings({}), /\(2 here\)/);
      assert.match(warnings({ nlb: { ports: { kafka: { port: 9092, protocol: "TCP" } } } }), /\(3 here\)/);
    });
  });

  describe("hostnames", () => {
    it("are named once each", () => {
      assert.deepEqual(placesOf(resolve({ hostnames: ["a.example.com", "a.example.com"] })), ["ingress.hostnames[1]"]);
    });

    it("lie in the zone", () => {
      assert.deepEqual(placesOf(resolve({ hostnames: ["a.example.org"], dns: { zoneName: "example.com" } })), [
        "ingress.hostnames[0]",
      ]);
    });
  });

  describe("certificates", () => {
    const request = (dns: NonNullable<IngressArgs["dns"]> | undefined) =>
      placesOf(resolve({ hostnames: ["a.example.com"], tls: { requestCertificate: true }, ...(dns && { dns }) }));

    it("are requested only with a public zone: ACM cannot read a private one", () => {
      assert.deepEqual(request({ zoneName: "example.com" }), []);
      assert.deepEqual(request({ zoneId: "Z1", createRecords: false }), []);
      assert.deepEqual(request({ zoneName: "example.com", privateZone: true }), ["ingress.tls.requestCertificate"]);
      assert.deepEqual(request(undefined), ["ingress.tls.requestCertificate"]);
    });

    it("are requested for the hostnames", () => {
      const { settings } = resolve({
        hostnames: ["a.example.com"],
        dns: { zoneId: "Z1" },
        tls: { requestCertificate: true },
      });
      assert.deepEqual(settings.tls.certificate, { kind: "request", domains: ["a.example.com"] });
    });
  });

  describe("subnets", () => {
    const cluster = clusterSettings({ subnetIds: ["subnet-1"] });

    it("are the cluster's where the ingress names none", () => {
      assert.deepEqual(resolve({}, { cluster }).settings.subnetIds, ["subnet-1"]);
      assert.deepEqual(resolve({ subnetIds: ["subnet-2"] }, { cluster }).settings.subnetIds, ["subnet-2"]);
    });

    it("count for an ALB's two zones and an NLB's Elastic IPs, wherever they are named", () => {
      assert.deepEqual(placesOf(resolve({ strategy: "alb" }, { cluster })), ["ingress.subnetIds"]);
      const eip: Partial<IngressArgs> = { scheme: "internet-facing", nlb: { eipAllocationIds: ["eipalloc-1"] } };
      assert.deepEqual(placesOf(resolve(eip, { cluster })), []);
      assert.deepEqual(placesOf(resolve(eip)), ["ingress.nlb.eipAllocationIds"]);
    });
  });

  describe("the block of the other strategy", () => {
    it("would be read by nobody", () => {
      assert.equal(onlyProblem(resolve({ strategy: "alb", nlb: {} })).path, "ingress.nlb");
      assert.equal(onlyProblem(resolve({ alb: { name: "x" } })).path, "ingress.alb");
    });

    it("does not bring a web ACL before an NLB, which AWS WAF does not do", () => {
      assert.match(onlyProblem(resolve({ alb: { webAclArn: "arn" } })).allowed, /AWS WAF cannot stand before an NLB/);
      assert.match(onlyProblem(resolve({ alb: { rateLimitPer5Minutes: 10 } })).allowed, /AWS WAF cannot stand before/);
      assert.doesNotMatch(onlyProblem(resolve({ alb: {} })).allowed, /WAF/);
    });

    it("reports the own strategy's problems besides", () => {
      assert.deepEqual(placesOf(resolve({ nlb: { terminateTls: true }, alb: {} })), [
        "ingress.nlb.terminateTls",
        "ingress.alb",
      ]);
      assert.deepEqual(placesOf(resolve({ strategy: "alb", alb: { backendProtocol: "HTTPS" }, nlb: {} })), [
        "ingress.alb.backendProtocol",
        "ingress.nlb",
      ]);
    });
  });

  it("has the ALB's own rule for the health check's timeout", () => {
    const healthCheck = { timeoutSeconds: 10, intervalSeconds: 10 };
    assert.deepEqual(placesOf(resolve({ healthCheck })), []);
    assert.deepEqual(placesOf(resolve({ strategy: "alb", healthCheck })), ["ingress.healthCheck.timeoutSeconds"]);
  });

  it("has Elastic IPs only where the scheme is public", () => {
    const args: Partial<IngressArgs> = { nlb: { eipAllocationIds: ["eipalloc-1"] }, subnetIds: ["subnet-1"] };
    assert.deepEqual(placesOf(resolve(args)), ["ingress.nlb.eipAllocationIds"]);
    assert.deepEqual(placesOf(resolve({ ...args, scheme: "internet-facing" })), []);
  });

  it("checks the ALB's name with the cluster's", () => {
    const cluster = clusterSettings({ source: { kind: "named", name: "a".repeat(30) } });
    assert.deepEqual(placesOf(resolve({ strategy: "alb" }, { cluster })), ["ingress.alb.name"]);
  });

  describe("annotations", () => {
    const places = (key: string, value = "x", args: Partial<IngressArgs> = {}) =>
      placesOf(resolve({ ...args, annotations: { [key]: value } }));

    it("are those of the strategy's own object: the other kind's are read by nobody", () => {
      assert.deepEqual(places(`${alb}auth-type`), [`ingress.annotations["${alb}auth-type"]`]);
      assert.deepEqual(places(`${alb}auth-type`, "x", { strategy: "alb" }), []);
      assert.deepEqual(places(`${service}alpn-policy`), []);
      assert.deepEqual(places(`${service}alpn-policy`, "x", { strategy: "alb" }), [
        `ingress.annotations["${service}alpn-policy"]`,
      ]);
    });

    it("are not those that members decide, and none misspelt", () => {
      assert.deepEqual(places(`${service}scheme`), [`ingress.annotations["${service}scheme"]`]);
      assert.deepEqual(places(`${service}schema`), [`ingress.annotations["${service}schema"]`]);
      assert.deepEqual(places("a.b/c"), []);
    });

    it("are those that this cluster's controller reads", () => {
      const args: Partial<IngressArgs> = { strategy: "alb", annotations: { [`${alb}group.order`]: "1" } };
      assert.deepEqual(placesOf(resolve(args)), []);
      assert.equal(placesOf(resolve(args, { controller: "eks-auto-mode" })).length, 1);
    });

    it("set no attribute that a member decides", () => {
      const owned: readonly (readonly [string, string, Partial<IngressArgs>])[] = [
        [`${service}attributes`, "load_balancing.cross_zone.enabled=true", {}],
        [`${service}target-group-attributes`, "proxy_protocol_v2.enabled=true", {}],
        [`${alb}load-balancer-attributes`, "idle_timeout.timeout_seconds=9", { strategy: "alb" }],
      ];
      for (const [key, value, args] of owned)
        assert.deepEqual(places(key, value, args), [`ingress.annotations["${key}"]`]);
      assert.deepEqual(places(`${service}attributes`, "dns_record.client_routing_policy=any_availability_zone"), []);
    });

    it("turn deletion protection on only with a warning: destroy would wait in vain", () => {
      const warnings = (args: Partial<IngressArgs>) =>
        resolve({ tls: { certificateArn: arn }, ...args }).warnings.filter((text) =>
          text.includes("deletion protection"),
        );
      const on = "deletion_protection.enabled=true";
      assert.equal(warnings({ annotations: { [`${service}attributes`]: on } }).length, 1);
      assert.equal(warnings({ strategy: "alb", annotations: { [`${alb}load-balancer-attributes`]: on } }).length, 1);
      assert.deepEqual(warnings({}), []);
    });
  });

  it("warns that an ALB of a group lives as long as the group", () => {
    const warnings = (groupName?: string) =>
      resolve({ strategy: "alb", ...(groupName && { alb: { groupName } }) }).warnings;
    assert.match(warnings("shops").join(), /^ingress\.alb\.groupName: the ALB lives as long as any member/);
    assert.deepEqual(warnings(), []);
  });
});
