import assert from "node:assert/strict";
import type { ChartRequiredValues } from "../../components/mesh/chart-values-check";
import { resolveIstioMesh } from "../../components/mesh/resolve-mesh-args";
import {
  checkChartFailures,
  checkRefusedValues,
  warnOfUnknownMeshConfig,
  warnOfUnreadValues,
} from "../../components/mesh/unread-values-check";
import type { ControlPlaneSettings } from "../../components/plan/settings";
import type { ChartName } from "../../components/plan/enums";
import { smallest } from "../support/args";
import { controlPlane, egress, gateway, security, unrevisioned } from "../support/settings";

type Values = Partial<Record<ChartName, Readonly<Record<string, unknown>>>>;
type Changes = Partial<Omit<ChartRequiredValues, "controlPlane">> & Partial<ControlPlaneSettings>;

function requiredValues(
  values: Values,
  { mode = "sidecar", gateways = [gateway()], security: said = security(), ...settings }: Changes = {},
): ChartRequiredValues {
  const plane = controlPlane({ main: { ...unrevisioned, version: "1.31.1" }, ...settings });
  return {
    mode,
    gateways,
    security: said,
    egress: egress(),
    controlPlane: { ...plane, values: { ...plane.values, ...values } },
  };
}

const warnings = (...given: Parameters<typeof requiredValues>) => warnOfUnreadValues(requiredValues(...given));
const canary = { version: "1.31.0", revision: "green", tags: [] };

describe("warnOfUnreadValues", () => {
  it("names chart, minor and key, and what was probably meant", () => {
    assert.deepEqual(warnings({ istiod: { pilot: { autoscaleMn: 2 } } }), [
      "istio.values.istiod: chart istiod 1.31 does not read `pilot.autoscaleMn`; did you mean `pilot.autoscaleMin`?",
    ]);
    assert.deepEqual(warnings({ base: { zzzzzzzzzzzzzz: 1 } }), [
      "istio.values.base: chart base 1.31 does not read `zzzzzzzzzzzzzz`.",
    ]);
  });

  it("has nothing to say of what is read, and of a mesh without values of its own", () => {
    assert.deepEqual(warnings({ istiod: { env: { A: "1" } }, gateway: { lifecycle: {} } }), []);
    assert.deepEqual(warnings({}), []);
  });

  it("tells values of a chart that this mesh does not install", () => {
    assert.deepEqual(warnings({ ztunnel: { logLevel: "debug" } }), [
      "istio.values.ztunnel: nothing reads it: this mesh does not install that chart.",
    ]);
    assert.deepEqual(warnings({ ztunnel: { logLevel: "debug" } }, { mode: "ambient" }), []);
    assert.equal(warnings({ cni: { chained: true } }).length, 1);
    assert.deepEqual(warnings({ cni: { chained: true } }, { sidecarCni: true }), []);
    assert.equal(warnings({ gateway: { lifecycle: {} } }, { gateways: [gateway({ createdBy: "istiod" })] }).length, 1);
  });

  it("asks the charts of a canary too, but the same minor only once", () => {
    assert.equal(warnings({ istiod: { nothing: 1 } }, { canary }).length, 1);
    const older = { main: { ...unrevisioned, version: "1.30.4" } };
    assert.match(warnings({ istiod: { nothing: 1 } }, older).join(), /chart istiod 1\.30 does not read/);
    assert.equal(warnings({ istiod: { nothing: 1 } }, { ...older, canary }).length, 2);
  });

  it("leaves to others what is a problem: profile empty, and what a schema refuses", () => {
    assert.deepEqual(warnings({ istiod: { nothing: 1 } }, { profile: "empty" }), []);
    assert.deepEqual(warnings({ gateway: { nothing: 1 } }), []);
  });

  it("reaches the user", () => {
    const { warnings: keyText } = resolveIstioMesh({ ...smallest, istio: { values: { istiod: { autoscaleMn: 2 } } } });
    assert.ok(keyText.some((warning) => warning.includes("`autoscaleMin`")));
  });
});

describe("values of the gateway chart beside gateways that istiod makes", () => {
  const gateway = { nodeSelector: { role: "edge" }, tolerations: [], lifecycle: {} };
  const keyText = (args: object) =>
    resolveIstioMesh({ ...smallest, istio: { values: { gateway } }, ...args }).warnings.filter((warning) =>
      warning.startsWith("istio.values.gateway"),
    );
  const nlb = { strategy: "nlb" } as const;

  it("are told to have no effect there, with the members that have one", () => {
    const [warning, ...others] = keyText({ ingress: { ...nlb, routing: "gateway-api" } });
    assert.deepEqual(others, []);
    assert.match(String(warning), /"istio-ingress" does not read it/);
    assert.match(String(warning), /Use gateway\.nodeSelector, gateway\.tolerations of the ingress/);
    const additionalIngresses = { edge: { ...nlb, routing: "gateway-api" } };
    assert.match(String(keyText({ ingress: nlb, additionalIngresses })), /"edge" does not read it/);
    assert.deepEqual(keyText({ ingress: nlb }), []);
  });

  it("are told so without a member where there is none", () => {
    const args = { ingress: { ...nlb, routing: "gateway-api" }, istio: { values: { gateway: { lifecycle: {} } } } };
    assert.match(String(keyText(args)), /and no chart\.$/);
  });
});

describe("values that place gateways", () => {
  const ingress = { strategy: "nlb", routing: "gateway-api" } as const;
  const problems = (gateway: object, args: object = { ingress }) =>
    resolveIstioMesh({ ...smallest, istio: { values: { gateway } }, ...args }).problems;

  it("refuses values of a chart that makes no gateway, where a member of the ingress does the same", () => {
    assert.deepEqual(problems({ nodeSelector: { role: "edge" }, tolerations: [], lifecycle: {} }), [
      {
        path: "istio.values.gateway.nodeSelector",
        given: '{"role":"edge"}',
        allowed: 'nothing with routing "gateway-api": istiod makes the pods of "istio-ingress", and no chart reads it',
        suggestion: "remove it and use gateway.nodeSelector of the ingress, for both routings",
      },
      {
        path: "istio.values.gateway.tolerations",
        given: "[]",
        allowed: 'nothing with routing "gateway-api": istiod makes the pods of "istio-ingress", and no chart reads it',
        suggestion: "remove it and use gateway.tolerations of the ingress, for both routings",
      },
    ]);
  });

  it("takes them where the chart makes one, or nobody does", () => {
    const nodeSelector = { role: "edge" };
    assert.deepEqual(problems({ nodeSelector }, { ingress: { strategy: "nlb" } }), []);
    assert.deepEqual(problems({ nodeSelector }, { ingress, additionalIngresses: { b: { strategy: "nlb" } } }), []);
    assert.deepEqual(problems({ nodeSelector }, {}), []);
    const empty = { istio: { profile: "empty", values: { gateway: { nodeSelector } } } };
    assert.deepEqual(
      problems({}, { ingress, ...empty }).map(({ path }) => path),
      ["istio.values"],
    );
  });
});

describe("checkRefusedValues", () => {
  const problems = (...given: Parameters<typeof requiredValues>) => checkRefusedValues(requiredValues(...given));

  it("finds what would stop Helm in the middle of an up, with its suggestion", () => {
    assert.deepEqual(problems({ gateway: { autoscalling: { enabled: false } } }), [
      {
        path: "istio.values.gateway.autoscalling",
        given: '{"enabled":false}',
        allowed: "values that the gateway chart 1.31 knows: its schema refuses every other",
        suggestion: "did you mean `autoscaling`?",
      },
    ]);
    assert.equal(problems({ gateway: { zzzzzzzzzzzzzz: 1 } })[0]?.suggestion, "remove it");
  });

  it("has nothing against other values, nor where no gateway chart is installed", () => {
    assert.deepEqual(problems({ gateway: { lifecycle: {}, runAsRoot: true } }), []);
    assert.deepEqual(problems({ gateway: { nothing: 1 } }, { gateways: [] }), []);
  });

  it("finds values of a type or a choice that the schema refuses", () => {
    const allowed = (text: string) => `${text}: the schema of the gateway chart 1.31 refuses every other value`;
    const values = { replicaCount: "3", podAnnotations: { "prometheus.io/port": 15020 }, imagePullPolicy: "always" };
    assert.deepEqual(problems({ gateway: values }), [
      {
        ...{ path: 'istio.values.gateway.podAnnotations["prometheus.io/port"]', given: "15020" },
        ...{ allowed: allowed("a text"), suggestion: 'write "15020" in quotes' },
      },
      {
        ...{ path: "istio.values.gateway.replicaCount", given: '"3"' },
        ...{ allowed: allowed("an integer or null"), suggestion: "write 3 without quotes" },
      },
      {
        ...{ path: "istio.values.gateway.imagePullPolicy", given: '"always"' },
        ...{
          allowed: allowed('"", "Always", "IfNotPresent" or "Never"'),
          suggestion: 'did you mean "Always"?',
        },
      },
    ]);
    assert.deepEqual(problems({ gateway: values }, { gateways: [] }), []);
  });

  it("asks the schema of the version that is installed", () => {
    const older = { main: { ...unrevisioned, version: "1.30.4" }, canary };
    const [found, ...others] = problems({ gateway: { runAsRoot: "true" } }, older);
    assert.match(String(found?.allowed), /^true or false: the schema of the gateway chart 1\.30 /);
    assert.deepEqual(others, []);
  });

  it("leaves to other rules what they refuse at the same place", () => {
    const gateway = { kind: "Job", service: { type: 3, ports: "http" }, compatibilityVersion: 1.29, networkGateway: 1 };
    assert.deepEqual(problems({ gateway }), []);
    assert.deepEqual(problems({ gateway: { service: { ports: [{ port: "80" }] } } }), []);
  });

  it("reaches the user", () => {
    const { problems: keyText } = resolveIstioMesh({
      ...smallest,
      ingress: { strategy: "nlb" },
      istio: { values: { gateway: { nothing: 1 } } },
    });
    assert.deepEqual(
      keyText.map(({ path }) => path),
      ["istio.values.gateway.nothing"],
    );
  });
});

describe("checkChartFailures", () => {
  const stackdriver = (member: string) => ({ defaultConfig: { tracing: { stackdriver: { [member]: true } } } });
  const paths = (...given: Parameters<typeof requiredValues>) =>
    checkChartFailures(requiredValues(...given)).map(({ path }) => path);

  it("finds values at which istiod's chart fails, wherever the mesh configuration is written", () => {
    const debug = "meshConfig.defaultConfig.tracing.stackdriver.debug";
    assert.deepEqual(paths({}, { meshConfig: stackdriver("debug") }), [`istio.${debug}`]);
    assert.deepEqual(paths({ istiod: { meshConfig: stackdriver("debug") } }), [`istio.values.istiod.${debug}`]);
    assert.deepEqual(paths({ istiod: { platform: "eks" } }, { meshConfig: stackdriver("debug") }), [
      "istio.values.istiod.platform",
      `istio.${debug}`,
    ]);
  });

  it("has nothing against what the chart takes, nor where no chart is installed", () => {
    assert.deepEqual(paths({}, { meshConfig: stackdriver("maxTagLength") }), []);
    assert.deepEqual(paths({}, { meshConfig: stackdriver("debug"), profile: "empty" }), []);
  });
});

describe("warnOfUnknownMeshConfig", () => {
  const typo = { acessLogFile: "/dev/stdout" };
  const warned = (...given: Parameters<typeof requiredValues>) => warnOfUnknownMeshConfig(requiredValues(...given));

  it("names the field that Istio ignores, wherever the mesh configuration is written", () => {
    const keyText = (path: string) =>
      `${path}.acessLogFile: the MeshConfig of Istio 1.31 has no such field; Istio ignores it. Did you mean "accessLogFile"?`;
    assert.deepEqual(warned({}, { meshConfig: typo }), [keyText("istio.meshConfig")]);
    assert.deepEqual(warned({ istiod: { meshConfig: typo } }), [keyText("istio.values.istiod.meshConfig")]);
    assert.deepEqual(warned({}, { meshConfig: { qqqqqqqqqqq: 1 }, canary }), [
      "istio.meshConfig.qqqqqqqqqqq: the MeshConfig of Istio 1.31 has no such field; Istio ignores it.",
    ]);
    const { warnings: all } = resolveIstioMesh({ ...smallest, istio: { meshConfig: typo } });
    assert.deepEqual(all, [keyText("istio.meshConfig")]);
  });

  it("is silent where a control plane is newer than the list, and where none is installed", () => {
    const newer = { version: "1.99.0", revision: "green", tags: [] };
    assert.deepEqual(warned({}, { meshConfig: typo, canary: newer }), []);
    assert.deepEqual(warned({}, { meshConfig: typo, main: { ...unrevisioned, version: "1.99.0" } }), []);
    assert.deepEqual(warned({}, { meshConfig: typo, profile: "empty" }), []);
  });
});
