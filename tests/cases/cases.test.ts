import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Case, casesFolder, runCase } from "../support/cases";
import { memberAt } from "../support/recorded";

const [nlb, alb] = ["service.beta.kubernetes.io/aws-load-balancer-", "alb.ingress.kubernetes.io/"];
const [service, ingress, gateway] = [
  "mesh-service-istio-ingress",
  "mesh-ingress-istio-ingress",
  "mesh-gateway-istio-ingress",
];

/** What the error says to do, by the place that it is said of; a place twice has both. */
function remedies({ refusal }: Case): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, path = "", suggestion = ""] of refusal.matchAll(
    /^ {2}(\S.*)\n {4}given .*\n {4}allowed .*\n {4}to do +(.*)$/gm,
  ))
    found[path] = found[path] === undefined ? suggestion : `${found[path]}; ${suggestion}`;
  return found;
}

/** That a case is refused, with these remedies and no other, and that nothing is made. */
async function refuses(name: string, expected: Readonly<Record<string, string>>): Promise<Case> {
  const refused = await runCase(name);
  assert.deepEqual(remedies(refused), expected);
  assert.deepEqual(refused.resources, []);
  return refused;
}

/** A case that is made. */
async function made(...given: Parameters<typeof runCase>): Promise<Case> {
  const found = await runCase(...given);
  assert.equal(found.refusal, "");
  return found;
}

const annotation = (key: string) => `ingress.annotations["${key}"]`;
const namesOf = ({ resources }: Case, pattern: RegExp) =>
  resources.map(({ name }) => name).filter((name) => pattern.test(name));
/** The overlay of a Deployment or another object that istiod makes for a Gateway. */
const overlay = ({ input }: Case, kind: string) =>
  JSON.parse(String(input("mesh-parameters-istio-ingress", `data.${kind}`))) as unknown;
const proxyConfig = (text: unknown) => JSON.parse(String(text)) as Readonly<Record<string, unknown>>;
const chartProxyConfig = ({ input }: Case) =>
  proxyConfig((input(gateway, "values.podAnnotations") as Readonly<Record<string, unknown>>)["proxy.istio.io/config"]);

describe("Cases", () => {
  it("are each run by a test, and say in two lines what is wanted and what is right", () => {
    const tests = readFileSync(__filename, "utf8");
    const files = readdirSync(casesFolder).filter((file) => file.endsWith(".yaml"));
    assert.ok(files.length > 40);
    for (const file of files) {
      assert.ok(tests.includes(`"${file.replace(".yaml", "")}"`), file);
      assert.match(readFileSync(join(casesFolder, file), "utf8"), /^# [A-Z0-9].*\n# Right: .*\nconfig:\n/, file);
    }
  });
});

describe("Cases: how the client came", () => {
  const overwritten = { scheme_to_overwrite: "https" };
  const patched = ({ input }: Case) =>
    (input("mesh-envoyfilter-istio-ingress", "spec.configPatches") as readonly unknown[]).map((patch) => [
      memberAt(patch, "match.listener.portNumber"),
      memberAt(patch, "patch.value.typed_config.scheme_header_transformation"),
    ]);

  it("01: https where the NLB ends TLS, and a redirect on 80", async () => {
    const found = await made("01-nlb-tls-forwarded-proto");
    assert.equal(found.annotations(service)[`${nlb}ssl-ports`], "443");
    assert.deepEqual(patched(found), [[443, overwritten]]);
    assert.deepEqual(found.input("mesh-istio-gateway-istio-ingress", "spec.servers[0].tls"), { httpsRedirect: true });
  });

  it("01b: https beside PROXY protocol, which a TCP health check passes", async () => {
    const found = await made("01b-nlb-proxy-protocol-tls");
    assert.match(
      String(found.annotations(service)[`${nlb}target-group-attributes`]),
      /^proxy_protocol_v2\.enabled=true,/,
    );
    assert.equal(found.annotations(service)[`${nlb}healthcheck-protocol`], "tcp");
    assert.deepEqual(chartProxyConfig(found)["gatewayTopology"], { proxyProtocol: {} });
    assert.deepEqual(patched(found), [[443, overwritten]]);
  });

  it("01c: https on every port behind a TLS listener, and the client's address behind nodes", async () => {
    const found = await made("01c-nlb-tls-instance-targets");
    assert.equal(found.annotations(service)[`${nlb}ssl-ports`], "443,9094");
    assert.deepEqual(patched(found), [
      [443, overwritten],
      [9094, overwritten],
    ]);
    assert.equal(found.input(service, "spec.externalTrafficPolicy"), "Local");
  });

  it("05: refuses a number of proxies that the ALB's own would silently replace", async () => {
    await refuses("05-cloudfront-two-proxies", {
      "istio.meshConfig.defaultConfig.gatewayTopology.numTrustedProxies":
        "remove it, and write ingress.trustedProxies: 1 if that many proxies stand before the load balancer",
    });
  });

  it("05b: refuses two numbers of proxies before one gateway", async () => {
    const { refusal } = await refuses("05b-two-albs-one-cloudfront", {
      "additionalIngresses.internal.gateway.shareWith": "use a gateway of its own",
    });
    assert.match(refusal, /an ALB included: 2 at "istio-ingress", 1 here$/m);
  });

  it("60: refuses PROXY protocol of only one load balancer before a gateway", async () => {
    await refuses("60-proxy-protocol-shared-gateway", {
      "additionalIngresses.internal.gateway.shareWith":
        "set nlb.proxyProtocol alike on both, or use a gateway of its own",
    });
  });
});

describe("Cases: no request is lost", () => {
  it("02: pods behind an NLB with ip targets go only when the next are found healthy, and answer until AWS has let go", async () => {
    const found = await made("02-default-nlb-rollout");
    assert.deepEqual(found.input("mesh-namespace-istio-ingress", "metadata.labels"), {
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
    assert.equal(
      found.annotations(service)[`${nlb}target-group-attributes`],
      "deregistration_delay.timeout_seconds=60,deregistration_delay.connection_termination.enabled=true",
    );
    const deployment = overlay(found, "deployment");
    assert.equal(memberAt(deployment, "spec.template.spec.terminationGracePeriodSeconds"), 90);
    assert.equal(memberAt(deployment, "spec.strategy.rollingUpdate.maxUnavailable"), 0);
    const infrastructure = found.input(gateway, "spec.infrastructure.annotations") as Readonly<Record<string, string>>;
    assert.deepEqual(proxyConfig(infrastructure["proxy.istio.io/config"]), {
      drainDuration: "60s",
      terminationDrainDuration: "60s",
    });
  });

  it("26: refuses three settings that gateway.drainSeconds decides together", async () => {
    const attributes = annotation(`${nlb}target-group-attributes`);
    await refuses("26-drain", {
      [attributes]:
        "remove deregistration_delay.timeout_seconds=90 and use gateway.drainSeconds; remove " +
        "deregistration_delay.connection_termination.enabled=true and use gateway.drainSeconds, at whose end the NLB closes connections",
      "istio.values.gateway.terminationGracePeriodSeconds":
        "remove it and use gateway.drainSeconds of the ingress, which it exceeds by 30 seconds",
    });
  });

  it("26b: five minutes of drainSeconds reach Envoy, the pod and the target group", async () => {
    const found = await made("26b-drain-seconds");
    assert.equal(
      found.annotations(ingress)[`${alb}target-group-attributes`],
      "deregistration_delay.timeout_seconds=300",
    );
    assert.equal(memberAt(overlay(found, "deployment"), "spec.template.spec.terminationGracePeriodSeconds"), 330);
  });
});

describe("Cases: addresses and who may connect", () => {
  it("03b: an ALB of an IPv6 cluster lets in both families; what EKS reports must be written", async () => {
    const found = await made("03b-ipv6-alb");
    assert.equal(found.annotations(ingress)[`${alb}ip-address-type`], "dualstack");
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http-from-"), [
      "80 of <mesh-security-group-istio-ingress.id>: 0.0.0.0/0",
      "80 of <mesh-security-group-istio-ingress.id>: ::/0",
    ]);
    const { warnings } = await made("03b-ipv6-alb", { ipFamily: "ipv6" });
    assert.match(warnings.join("\n"), /EKS reports ipv6\. Write cluster\.ipFamily: "ipv6"/);
  });

  it("03c: a load balancer of an IPv6 cluster is dualstack by itself, and nodes need primary IPv6 addresses", async () => {
    const found = await made("03c-ipv6-nlb-instance-targets", { ipFamily: "ipv6" });
    assert.equal(found.annotations(service)[`${nlb}ip-address-type`], "dualstack");
    assert.match(
      found.warnings.join("\n"),
      /each of them needs a primary IPv6 address \(PrimaryIpv6 in the launch template\)/,
    );
  });

  it("36: an internal ALB of both families lets in the VPC's ranges of both, and has both records", async () => {
    const found = await made("36-alb-internal-dualstack-dns", { vpcSecondaryCidrs: ["100.64.0.0/16"] });
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http-from-"), [
      "80 of <mesh-security-group-istio-ingress.id>: 10.0.0.0/16",
      "80 of <mesh-security-group-istio-ingress.id>: 100.64.0.0/16",
      "80 of <mesh-security-group-istio-ingress.id>: 2001:db8:1234:1a00::/56",
    ]);
    assert.deepEqual(namesOf(found, /-record-/), [
      "mesh-a-record-app.example.com/private",
      "mesh-aaaa-record-app.example.com/private",
    ]);
  });

  it("36b: no record leads to a family of addresses that nobody may use", async () => {
    const found = await made("36b-dualstack-ipv4-clients");
    assert.deepEqual(namesOf(found, /-record-/), ["mesh-a-record-shop.example.com"]);
    assert.match(found.warnings.join("\n"), /^ingress\.allowedCidrs: they hold IPv4 ranges only/m);
  });

  it("08: refuses the annotation that the controller would not read, and names the member", async () => {
    await refuses("08-prefix-list", {
      [annotation(`${alb}security-group-prefix-lists`)]: "remove it and use allowedPrefixListIds",
    });
  });

  it("08b: a rule for each port, and the numbers that AWS counts", async () => {
    const found = await made("08b-prefix-list-member");
    assert.deepEqual(
      found.rules("mesh-rule-istio-ingress/http").filter((rule) => rule.includes("pl-")),
      [
        "443 of <mesh-security-group-istio-ingress.id>: pl-4fa04526",
        "80 of <mesh-security-group-istio-ingress.id>: pl-4fa04526",
      ],
    );
    assert.match(
      found.warnings.join("\n"),
      /CloudFront's, of 55 entries, as 110 rules\. AWS allows 60 .* raise the quota "Inbound or outbound rules per security group"/,
    );
  });

  it("40: nodes with a group of their own let in the ALB, each other and istiod's webhook, in words that EC2 takes", async () => {
    const found = await made("40-alb-node-security-groups");
    const nodes = "sg-0123456789abcdef0";
    assert.deepEqual(
      found.rules("mesh-node-rule-").map((rule) => rule.replace(` of ${nodes}: ${nodes}`, "")),
      ["15008", "15012", "15014", "15020", "15021", "80"],
    );
    assert.deepEqual(found.rules("mesh-webhook-rule-"), [`15017 of ${nodes}: sg-0example0cluster0`]);
    assert.deepEqual(found.rules("mesh-rule-istio-ingress/http2-into-"), [
      `<${service}.spec.ports[http2].nodePort> of ${nodes}: <mesh-security-group-istio-ingress.id>`,
    ]);
    const described = found.resources.flatMap(({ type, inputs }) =>
      type.includes("ecurityGroup") ? [String(memberAt(inputs, "description"))] : [],
    );
    assert.ok(described.length > 8);
    for (const text of described) assert.match(text, /^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/);
  });

  it("42: the rules of a group of nodes are the same with another group less", async () => {
    const [both, one] = [await made("42-node-groups-a-b"), await made("42-node-groups-b")];
    const rulesOf = ({ resources }: Case) =>
      new Map(
        resources.flatMap(({ name, type, inputs }) =>
          /SecurityGroup(In|E)gressRule$/.test(type) ? [[name, inputs] as const] : [],
        ),
      );
    const [before, after] = [rulesOf(both), rulesOf(one)];
    assert.ok(after.size > 10);
    for (const [name, inputs] of after) assert.deepEqual(inputs, before.get(name), name);
  });
});

describe("Cases: certificates and names", () => {
  it("06: refuses two certificates in one text, and names the list", async () => {
    await refuses("06-two-certificates", {
      "ingress.tls.certificateArn": "write the first here, and the others as a list in tls.certificateArns",
    });
  });

  it("06b: refuses a certificate twice, and one of another region", async () => {
    await refuses("06b-nlb-certificates-two-regions", {
      "ingress.tls.certificateArns": "name certificates of that region; ACM can issue or import the same names there",
      "ingress.tls.certificateArns[0]": "remove it: the same certificate stands before it",
      "ingress.tls.certificateArns[1]":
        "request or import the certificate in eu-west-1, or set aws:region to us-east-1 if the cluster is there",
    });
  });

  it("07: refuses a validation record in a private zone, and names the member for the public one", async () => {
    await refuses("07-split-horizon", {
      "ingress.tls.requestCertificate":
        "add dns with zoneName or zoneId of a public zone, beside a private one dns.validationZoneName; or use certificateArn",
    });
  });

  it("07b: the record is in the private zone, and the validation record in the public one", async () => {
    const { lookups, resources } = await made("07b-split-horizon-public-validation");
    const zones = lookups.filter(({ token }) => token === "aws:route53/getZone:getZone").map(({ inputs }) => inputs);
    assert.deepEqual(
      zones.map(({ name, privateZone }) => [name, privateZone]),
      [
        ["example.com", true],
        ["example.com", false],
      ],
    );
    assert.ok(resources.some(({ name }) => name === "mesh-validation-record-app.example.com"));
  });

  it("22: every object with hosts keeps ExternalDNS away from a record that the component makes", async () => {
    const found = await made("22-external-dns-alb");
    assert.deepEqual(namesOf(found, /-record-/), ["mesh-a-record-shop.example.com"]);
    for (const name of [ingress, service, "mesh-istio-gateway-istio-ingress"]) {
      const { "external-dns.alpha.kubernetes.io/controller": older, "external-dns.kubernetes.io/controller": newer } =
        found.annotations(name);
      assert.deepEqual([older, newer], ["istio-eks", "istio-eks"], name);
    }
  });

  it("22b: annotations for ExternalDNS stand where the component makes no record", async () => {
    const found = await made("22b-external-dns-own-records");
    const { "external-dns.alpha.kubernetes.io/hostname": host, ...others } = found.annotations(service);
    assert.equal(host, "shop.example.com");
    assert.ok(!Object.keys(others).some((key) => key.endsWith("/controller")));
  });
});

describe("Cases: annotations", () => {
  it("14: refuses gRPC target groups, and names HTTP/2", async () => {
    await refuses("14-alb-grpc", { [annotation(`${alb}backend-protocol-version`)]: 'write "HTTP2"' });
  });

  it("14b: refuses HTTP/2 behind a listener without TLS", async () => {
    await refuses("14b-alb-http2-without-tls", {
      [annotation(`${alb}backend-protocol-version`)]:
        "give the load balancer a certificate in tls, without redirectHttp: false",
    });
  });

  it("15: refuses ports that are no member, and names the one that is", async () => {
    await refuses("15-nlb-tcp-port", { "ingress.ports": 'did you mean "nlb.ports"?' });
  });

  it("15b: opens further ports of the NLB", async () => {
    const found = await made("15b-nlb-ports");
    const ports = found.input(service, "spec.ports") as readonly { readonly name: string; readonly port: number }[];
    assert.deepEqual(
      ports.map(({ name, port }) => [name, port]),
      [
        ["http2", 80],
        ["https", 443],
        ["tls-kafka", 9094],
        ["tcp-pg", 5432],
      ],
    );
    const group = "<mesh-security-group-istio-ingress.id>: 10.0.0.0/16";
    assert.deepEqual(
      found.rules("mesh-rule-istio-ingress/port-").filter((rule) => rule.endsWith(group)),
      [`5432 of ${group}`, `9094 of ${group}`],
    );
  });

  it("28: names what replaces annotations of former versions", async () => {
    await refuses("28-nlb-legacy-annotations", {
      [annotation(`${nlb}cross-zone-load-balancing-enabled`)]: "remove it and use nlb.crossZone",
      [annotation(`${nlb}access-log-enabled`)]: `remove it and use access_logs.s3.enabled=true in ${nlb}attributes`,
      [annotation(`${nlb}access-log-s3-bucket-name`)]:
        `remove it and use access_logs.s3.bucket=<bucket> in ${nlb}attributes`,
    });
  });

  it("28b: names what replaces annotations of Classic Load Balancers", async () => {
    await refuses("28b-classic-annotations", {
      [annotation(`${nlb}internal`)]: "remove it and use scheme",
      [annotation(`${nlb}additional-resource-tags`)]: "remove it and use tags",
      [annotation(`${nlb}connection-idle-timeout`)]:
        `remove it and write tcp.idle_timeout.seconds=<seconds> in ${nlb}listener-attributes.TCP-<port>`,
      [annotation(`${nlb}extra-security-groups`)]:
        "remove it and use allowedCidrs, allowedPrefixListIds or allowedSecurityGroupIds",
      [annotation(`${nlb}connection-draining-enabled`)]: "remove it and use gateway.drainSeconds",
      [annotation(`${nlb}access-log-emit-interval`)]: "remove it: an NLB writes its logs every 5 minutes",
      [annotation(`${nlb}ssl-cert`)]: "remove it and use tls",
      [annotation(`${nlb}ssl-ports`)]: "remove it and use tls",
      [annotation(`${nlb}backend-protocol`)]: "remove it and use tls",
    });
  });

  it("28c: refuses the class by annotation, an action that nothing reads, and what members decide", async () => {
    await refuses("28c-alb-class-annotation", {
      [annotation("kubernetes.io/ingress.class")]:
        "remove it; loadBalancerController says which controller makes the load balancers",
      [annotation(`${alb}web-acl-id`)]: "remove it and use alb.webAclArn",
      [annotation(`${alb}tags`)]: "remove it and use tags",
      [annotation(`${alb}inbound-cidrs`)]: "remove it and use allowedCidrs",
      [annotation(`${alb}actions.ssl-redirect`)]:
        "remove it and use tls.redirectHttp: no backend of the Ingress, which the mesh writes, names an action",
      [annotation(`${alb}waf-acl-id`)]: "remove it and use alb.webAclArn",
      [annotation(`${alb}subnets`)]: "remove it and use subnetIds",
    });
  });

  it("41: leaves tags off the load balancers of EKS Auto Mode, and prints the statement that allows them", async () => {
    const found = await made("41-auto-mode-tags");
    assert.equal(found.annotations(ingress)[`${alb}tags`], undefined);
    assert.equal(memberAt(found.find("mesh-security-group-istio-ingress").inputs, "tags.team"), "platform");
    assert.match(
      found.warnings.join("\n"),
      /^tags: EKS Auto Mode may not tag .*"Sid":"TagLoadBalancers","Effect":"Allow"/m,
    );
    assert.equal(found.input("mesh-ingressclassparams-istio-ingress", "spec.group.name"), "shared");
  });

  it("41b: leaves tags to the user's own annotation, without a warning", async () => {
    const found = await made("41b-auto-mode-nlb-tags");
    assert.equal(found.annotations(service)[`${nlb}additional-resource-tags`], "team=platform");
    assert.doesNotMatch(found.warnings.join("\n"), /^tags:/m);
  });

  it("51: refuses the Service of the gateway chart", async () => {
    const instead = "use the members of the ingress, such as annotations, nlb or healthCheck";
    await refuses("51-gateway-chart-service", {
      "istio.values.gateway.service.annotations": instead,
      "istio.values.gateway.service.externalTrafficPolicy": instead,
      "istio.values.gateway.service.loadBalancerSourceRanges": instead,
    });
  });
});

describe("Cases: nodes, namespaces and pods", () => {
  const notOnFargate = { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] };
  const terms = ({ input }: Case, release: string) =>
    input(release, "values.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");

  it("09: refuses values of a chart that makes no gateway, and names the members that place its pods", async () => {
    await refuses("09-gateway-nodes-ambient", {
      "istio.values.gateway.nodeSelector": "remove it and use gateway.nodeSelector of the ingress, for both routings",
      "istio.values.gateway.tolerations": "remove it and use gateway.tolerations of the ingress, for both routings",
    });
  });

  it("09b: those members place the pods that istiod makes", async () => {
    const pod = memberAt(overlay(await made("09b-gateway-nodes-members"), "deployment"), "spec.template.spec");
    assert.deepEqual(memberAt(pod, "nodeSelector"), { role: "edge", "kubernetes.io/arch": "arm64" });
    assert.equal(memberAt(pod, "tolerations[0].value"), "edge");
  });

  it("11: refuses the mesh's own namespaces among those of applications, and names the members for them", async () => {
    await refuses("11-platform-namespaces", {
      "namespaces.istio-system": "remove it, and use istio.createNamespace and istio.namespaceLabels",
      "namespaces.istio-ingress":
        "remove it, and use gateway.createNamespace and gateway.namespaceLabels of its ingress",
    });
  });

  it("11b: labels the namespaces of others, and creates none", async () => {
    const { find, input } = await made("11b-platform-namespaces-members");
    for (const [name, label] of [
      ["mesh-namespace-istio-system", { "pod-security.kubernetes.io/enforce": "privileged" }],
      ["mesh-namespace-istio-ingress", { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }],
    ] as const) {
      assert.match(find(name).type, /:NamespacePatch$/);
      assert.deepEqual(input(name, "metadata.labels"), label);
    }
  });

  it("13: keeps the DaemonSets off Fargate", async () => {
    const found = await made("13-mixed-fargate-ambient");
    for (const release of ["mesh-cni", "mesh-ztunnel"])
      assert.deepEqual(terms(found, release), [{ matchExpressions: [notOnFargate] }], release);
  });

  it("13b: keeps each of the user's alternatives off Fargate", async () => {
    assert.deepEqual(terms(await made("13b-cni-on-node-pools"), "mesh-cni"), [
      { matchExpressions: [{ key: "karpenter.sh/nodepool", operator: "Exists" }, notOnFargate] },
      { matchExpressions: [{ key: "role", operator: "In", values: ["a"] }, notOnFargate] },
    ]);
  });

  it("20: refuses sidecars with an init container where Pod Security refuses it", async () => {
    await refuses("20-psa-sidecar", {
      'namespaces.shop.labels["pod-security.kubernetes.io/enforce"]':
        "write istio.sidecarCni: true, with which no pod needs such a container",
    });
  });

  it("20b: takes the same levels in ambient mode, but for the profile that a waypoint lacks", async () => {
    const found = await made("20b-psa-ambient");
    assert.equal(found.warnings.filter((line) => /^namespaces\./.test(line)).length, 1);
    assert.match(
      found.warnings.join("\n"),
      /^namespaces\.istio-system2\..* set istio\.values\.istiod\.gateways\.seccompProfile/m,
    );
  });
});

describe("Cases: AWS credentials", () => {
  const entries = (found: Case) =>
    Object.fromEntries(
      namesOf(found, /^mesh-(aws-credentials|serviceentry)-/).map((name) => {
        const [address, host] = [found.input(name, "spec.addresses[0]"), found.input(name, "spec.hosts[0]")];
        return [name.replace(/^mesh-/, ""), address === undefined ? host : address];
      }),
    );
  const local = {
    "aws-credentials-pod-identity-agent": "169.254.170.23",
    "aws-credentials-pod-identity-agent-ipv6": "fd00:ec2::23",
    "aws-credentials-instance-metadata": "169.254.169.254",
    "aws-credentials-instance-metadata-ipv6": "fd00:ec2::254",
  };
  const kubeconfig = ({ sent }: Case) => String(memberAt(sent("mesh-kubernetes")["kubeconfig"], "value"));
  const cleanup = ({ sent }: Case) => JSON.stringify(sent("mesh-cleanup"));

  it("10: registry-only leaves the agent and the metadata service reachable, and names STS once", async () => {
    const found = await made("10-registry-only-pod-identity");
    assert.deepEqual(entries(found), {
      ...local,
      "serviceentry-s3.eu-west-1.amazonaws.com": "s3.eu-west-1.amazonaws.com",
      "serviceentry-sts.eu-west-1.amazonaws.com": "sts.eu-west-1.amazonaws.com",
    });
  });

  it("10b, 10c: it knows the STS host of other partitions", async () => {
    const gov = entries(await made("10b-registry-only-irsa-govcloud"));
    const china = entries(await made("10c-registry-only-china"));
    assert.equal(gov["aws-credentials-sts"], "sts.us-gov-west-1.amazonaws.com");
    assert.equal(china["aws-credentials-sts"], "sts.cn-north-1.amazonaws.com.cn");
  });

  it("10d: it knows the STS host of its own region beside one of another", async () => {
    assert.deepEqual(entries(await made("10d-registry-only-sts-of-another-region")), {
      ...local,
      "aws-credentials-sts": "sts.eu-west-1.amazonaws.com",
      "serviceentry-sts.us-east-1.amazonaws.com": "sts.us-east-1.amazonaws.com",
    });
  });

  it("12: the role that Pulumi assumes gets the token for Kubernetes, at destroy too", async () => {
    const found = await made("12-assume-role");
    const role = "arn:aws:iam::123456789012:role/deployer";
    assert.ok(kubeconfig(found).includes(`"--role-arn","${role}"`));
    assert.ok(cleanup(found).includes(role));
  });

  it("12b: of two roles the last is assumed, with warnings", async () => {
    const found = await made("12b-chained-roles");
    assert.match(kubeconfig(found), /"--role-arn","arn:aws:iam::123456789012:role\/deployer"/);
    assert.match(found.warnings.join("\n"), /assumes only the last of the 2 roles/);
    assert.match(found.warnings.join("\n"), /cannot send the external ID/);
  });

  it("43: the cleanup asks AWS for network interfaces with the stack's profile", async () => {
    const { input } = await made("43-wait-for-interfaces-profile");
    const environment = ["REGION", "PROFILE"].map((key) => input("mesh-cleanup", `environment.${key}`));
    assert.deepEqual(environment, ["eu-central-1", "work"]);
  });

  it("44: a kubeconfig that is given or taken away replaces nothing", async () => {
    const found = await made("44-kubeconfig-given");
    assert.equal(kubeconfig(found), "apiVersion: v1");
    assert.equal(
      found.input("mesh-kubernetes", "clusterIdentifier"),
      "arn:aws:eks:eu-central-1:123456789012:cluster/my-cluster",
    );
  });
});
