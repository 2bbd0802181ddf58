import assert from "node:assert/strict";
import { adoption } from "../../cli/adopt/adoption";
import { changeNotes } from "../../cli/adopt/takeover/change-notes";
import { stepsOf } from "../../cli/adopt/takeover/commands";
import { leftAloneNotes } from "../../cli/adopt/report/left-alone";
import { importFile, importsOf } from "../../cli/adopt/takeover/import-file";
import type { Inventory } from "../../cli/adopt/inventory";
import { reportJson } from "../../cli/adopt/report/report";
import { reportHtml } from "../../cli/adopt/report/report-html";
import { reportText } from "../../cli/adopt/report/report-text";
import { refused } from "../../cli/check/facts";
import { InputError } from "../../cli/input-error";
import {
  balancer,
  gatewayRelease,
  gatewayService,
  helmCluster,
  hostname,
  istiod,
  release,
} from "../support/helm-cluster";
import { planOf } from "../support/plans";

const no = refused({ party: "cluster", reason: "forbidden", question: "kubectl get --raw '/x'", message: "not you" });

async function adopt(inventory: Inventory, revision?: string) {
  const adopted = adoption(inventory, revision);
  const { resources } = await planOf(adopted.args);
  const imports = importsOf(resources, adopted);
  const steps = stepsOf(adopted, { stack: "prod", imports });
  const notes = [
    ...adopted.notes,
    ...leftAloneNotes(adopted.known, adopted.found, imports),
    ...changeNotes(imports, resources, adopted.unread),
  ];
  const report = { cluster: "prod", mesh: "sidecar", notes, steps, findings: [] };
  return { ...adopted, imports, steps, notes, report, commands: steps.flatMap(({ commands }) => commands).join("\n") };
}

const ids = (imports: Awaited<ReturnType<typeof adopt>>["imports"]) =>
  imports.map(({ entry }) => `${entry.name}=${entry.id}`);

describe("An Istio that the Helm CLI installed, adopted", () => {
  it("has the charts' replicas, and the same load balancer", async () => {
    const { args, imports, commands, notes } = await adopt(
      helmCluster({
        namespaces: [
          { metadata: { name: "istio-system" } },
          { metadata: { name: "shop", labels: { "istio-injection": "enabled" } } },
        ],
      }),
    );
    assert.deepEqual(args, {
      mode: "sidecar",
      cluster: { name: "prod" },
      ingress: {
        strategy: "nlb",
        gateway: { minReplicas: 1, resources: { limits: { cpu: "2000m" } } },
        nlb: { crossZone: false },
      },
      istio: { version: "1.30.4" },
      controlPlane: { minReplicas: 1 },
      namespaces: { shop: { create: false } },
    });
    assert.deepEqual(ids(imports).sort(), [
      "mesh-base=istio-system/istio-base",
      "mesh-gateway-istio-ingress=istio-ingress/istio-ingress",
      "mesh-istiod=istio-system/istiod",
      "mesh-namespace-istio-system=istio-system",
      "mesh-service-istio-ingress=istio-ingress/istio-ingress",
    ]);
    assert.match(commands, /kubectl -n istio-ingress annotate service istio-ingress helm\.sh\/resource-policy=keep/);
    // Without it the change of the annotation would replace the Service, and with it the load balancer.
    assert.match(
      commands,
      /annotate service istio-ingress 'service\.beta\.kubernetes\.io\/aws-load-balancer-scheme=internal'/,
    );
    assert.ok(notes.some(({ kind, text }) => kind === "same" && text.includes("stays the same one")));
  });

  it("has an import file with the URNs of the stack", async () => {
    const { imports } = await adopt(helmCluster());
    const { nameTable, resources } = JSON.parse(importFile(imports, "prod")) as Record<string, unknown>;
    assert.deepEqual(nameTable, {
      mesh: "urn:pulumi:prod::istio-mesh::istio-eks:index:IstioMesh::mesh",
      kubernetes: "urn:pulumi:prod::istio-mesh::istio-eks:index:IstioMesh$pulumi:providers:kubernetes::mesh-kubernetes",
    });
    assert.deepEqual((resources as unknown[])[0], {
      type: "kubernetes:helm.sh/v3:Release",
      name: "mesh-base",
      id: "istio-system/istio-base",
      parent: "mesh",
      provider: "kubernetes",
    });
  });

  for (const [why, service, found] of [
    ["loadBalancerClass is not set", gatewayService({}, { loadBalancerClass: undefined }), balancer],
    ["made without security groups", gatewayService(), { ...balancer, securityGroupIds: [] }],
    ["no load balancer of the address", gatewayService(), { ...balancer, hostname: "other" }],
  ] as const) {
    it(`gets a second load balancer where the first cannot be taken over: ${why}`, async () => {
      const record = {
        zoneId: "Z1",
        zoneName: "example.com",
        name: "a.example.com",
        type: "A",
        target: hostname,
        plainAlias: true,
        externalDns: false,
      };
      const { args, imports, notes, commands } = await adopt(
        helmCluster({ services: [service], balancers: [found], records: [record] }),
      );
      assert.deepEqual(Object.keys(args["additionalIngresses"] as object), ["istio-ingress-mesh"]);
      assert.ok(!ids(imports).some((id) => /service|gateway/.test(id)), "it imports what stays with its owner");
      assert.ok(
        notes.some(({ kind, text }) => kind === "left" && text.includes(why)),
        JSON.stringify(notes),
      );
      assert.match(commands, /\.\["istio-ingress-mesh"\]\.hostname/);
      assert.ok(!commands.includes("resource-policy"));
    });
  }

  it("keeps secrets out of every file, and sets them from the release", async () => {
    const values = {
      env: { API_TOKEN: "s3cr3t" },
      meshConfig: { extensionProviders: [{ name: "x", password: "s3cr3t" }] },
    };
    const { args, secrets, commands, report } = await adopt(
      helmCluster({ releases: [release("istiod", "istiod", { values }), gatewayRelease] }),
    );
    assert.deepEqual(secrets, [
      ["istio", "values", "istiod", "env", "API_TOKEN"],
      ["istio", "meshConfig", "extensionProviders"],
    ]);
    const written = [JSON.stringify(args), reportText(report), reportJson(report), reportHtml(report)].join("");
    assert.ok(!written.includes("s3cr3t"), written);
    assert.ok(
      commands.includes(
        "kubectl -n istio-system get secret sh.helm.release.v1.istiod.v3 -o jsonpath='{.data.release}' | base64 -d | base64 -d | gunzip | " +
          `jq -r '.config["env"]["API_TOKEN"]' | pulumi config set --stack prod --secret --path 'mesh.istio.values.istiod.env.API_TOKEN'`,
      ),
      commands,
    );
  });

  it("names values that the component does not take, without the values", async () => {
    const values = { global: { istioNamespace: "elsewhere" } };
    const { notes } = await adopt(helmCluster({ releases: [release("istiod", "istiod", { values }), gatewayRelease] }));
    assert.ok(
      notes.some(({ kind, subject }) => kind === "left" && subject.includes("istioNamespace")),
      JSON.stringify(notes),
    );
  });

  it("takes over the records of the load balancer, unless ExternalDNS keeps them", async () => {
    const record = {
      zoneId: "Z0123456789ABC",
      zoneName: "example.com",
      name: "a.example.com",
      type: "A",
      target: hostname,
      plainAlias: true,
      externalDns: false,
    };
    const own = await adopt(helmCluster({ records: [record] }));
    assert.ok(
      ids(own.imports).includes("mesh-a-record-a.example.com=Z0123456789ABC_a.example.com_A"),
      ids(own.imports).join(),
    );
    const other = await adopt(helmCluster({ records: [{ ...record, externalDns: true }] }));
    assert.equal((other.args["ingress"] as Record<string, unknown>)["dns"], undefined);
    assert.ok(other.notes.some(({ text }) => text.includes("ExternalDNS keeps them")));
  });

  it("reports Argo CD and Flux, and what to do", async () => {
    const { notes } = await adopt(
      helmCluster({
        istiods: [
          istiod({
            annotations: { "argocd.argoproj.io/tracking-id": "x" },
            managedFields: [{ manager: "helm-controller" }],
          }),
        ],
      }),
    );
    const suggestions = notes.map(({ suggestion }) => suggestion ?? "").join();
    assert.match(suggestions, /argocd app delete NAME --cascade=false/);
    assert.match(suggestions, /flux suspend/);
  });

  it("escapes what others wrote in the page", async () => {
    const { report } = await adopt(helmCluster());
    const page = reportHtml({
      ...report,
      mesh: "<script>",
      findings: [{ id: "a/b", level: "problem", where: "<b>", what: "x", how: "y", suggestion: "z" }],
    });
    const [found] = [{ id: "a/b", level: "problem" as const, where: "w", what: "x", how: "y" }];
    assert.match(
      reportText({ ...report, findings: [found, { ...found, suggestion: "z" }] }),
      /problem a\/b, w\n {4}x\n/,
    );
    assert.ok(page.includes("&lt;script&gt;") && page.includes("&lt;b&gt;") && !page.includes("<script>"));
  });
});

describe("What cannot be adopted is refused, and nothing is written", () => {
  const refuses = (inventory: Inventory, message: RegExp, revision?: string) =>
    assert.throws(
      () => adoption(inventory, revision),
      (error) => error instanceof InputError && message.test(error.message),
    );

  it("a cluster without Istio", () =>
    refuses(helmCluster({ istiods: [] }), /no Deployment in the cluster has the label app=istiod/));

  it("two meshes, unless one is chosen", () => {
    const two = helmCluster({ istiods: [istiod(), istiod({ namespace: "other", labels: { "istio.io/rev": "b" } })] });
    refuses(two, /revision default \(1\.30\.4\) in istio-system, revision b \(1\.30\.4\) in other[\s\S]*--revision/);
    const { notes } = adoption(two, "default");
    assert.ok(notes.some(({ text }) => text.includes("belongs to another mesh")));
  });

  it("more than one control plane beside the chosen one, and one without a revision", () => {
    const of = (revision: string) => istiod({ name: `istiod-${revision}`, labels: { "istio.io/rev": revision } });
    refuses(
      helmCluster({ istiods: [of("a"), of("b"), of("c")] }),
      /Beside revision a .* there are revision b .*, revision c/,
      "a",
    );
    refuses(helmCluster({ istiods: [istiod(), of("b")] }), /Beside revision b .* there is revision default/, "b");
  });

  it("a version outside the table", () =>
    refuses(
      helmCluster({ releases: [], istiods: [istiod({}, "x/pilot:1.20.1")] }),
      /1\.20\.1[\s\S]*upgrade with the tool/,
    ));

  it("an image without a version", () =>
    refuses(helmCluster({ releases: [], istiods: [istiod({}, "pilot")] }), /without a version tag/));

  it("a release that failed or is pending, and the umbrella chart", () => {
    refuses(
      helmCluster({ releases: [release("istiod", "istiod", { status: "pending-upgrade" })] }),
      /status pending-upgrade[\s\S]*helm rollback istiod/,
    );
    refuses(helmCluster({ releases: [release("ambient", "ambient")] }), /umbrella chart/);
  });

  it("what nobody could read: unknown is not absent", () => {
    for (const part of ["istiods", "releases", "services", "ingresses", "namespaces", "balancers"]) {
      refuses(helmCluster({ [part]: no }), /nothing was written[\s\S]*denied the request/);
    }
    const { notes } = adoption(helmCluster({ records: no, peerAuthentications: no }));
    assert.equal(notes.filter(({ kind }) => kind === "unknown").length, 2);
  });
});
