import assert from "node:assert/strict";
import { operatorArgs } from "../../../cli/adopt/control-plane/operator-file";
import { InputError } from "../../../cli/input-error";

const file = (spec: string) =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n${spec.replace(/^/gm, "  ")}`;
const subjects = (spec: string) => operatorArgs(file(spec), "iop.yaml").notes.map(({ subject }) => subject);

describe("An IstioOperator file", () => {
  it("becomes the arguments of a mesh", () => {
    const { args, notes } = operatorArgs(
      file(`
profile: default
hub: registry.example.com/istio
tag: 1.30.4-distroless
revision: prod
namespace: mesh
meshConfig:
  accessLogFile: /dev/stdout
components:
  cni: { enabled: true }
  pilot:
    k8s:
      resources: { requests: { cpu: "1" } }
      hpaSpec: { minReplicas: 3, maxReplicas: 7 }
values:
  pilot: { env: { PILOT_X: "1" } }
  global: { logAsJson: true }
  cni: { logLevel: debug }`),
      "iop.yaml",
    );
    assert.deepEqual(notes, []);
    assert.deepEqual(args, {
      mode: "sidecar",
      cluster: { name: "cluster" },
      istio: {
        ...{ version: "1.30.4", revision: "prod", namespace: "mesh", imageHub: "registry.example.com/istio" },
        sidecarCni: true,
        meshConfig: { accessLogFile: "/dev/stdout" },
        values: { istiod: { env: { PILOT_X: "1" }, global: { logAsJson: true } }, cni: { logLevel: "debug" } },
      },
      controlPlane: { minReplicas: 3, maxReplicas: 7, resources: { requests: { cpu: "1" } } },
    });
  });

  it("says ambient with its profile or with ztunnel, and has the component's profiles", () => {
    const modeOf = (spec: string) => operatorArgs(file(`tag: 1.31.1\n${spec}`), "iop.yaml").args["mode"];
    assert.equal(modeOf("profile: ambient"), "ambient");
    assert.equal(modeOf("components:\n  ztunnel: { enabled: true }"), "ambient");
    assert.equal(modeOf("profile: demo"), "sidecar");
    const { args } = operatorArgs(file("tag: 1.31.1\nprofile: demo"), "iop.yaml");
    assert.equal((args["istio"] as Record<string, unknown>)["profile"], "demo");
  });

  it("names fields without a counterpart, gateways, and secrets without their values", () => {
    assert.deepEqual(
      subjects(
        "tag: 1.31.1\nunvalidatedValues: { a: 1 }\ncomponents:\n  pilot: { k8s: { hpaSpec: { metrics: 1 } } }\n  ingressGateways: [{ name: x }]",
      ),
      ["spec.components.ingressGateways", "spec.unvalidatedValues.a", "spec.components.pilot.k8s.hpaSpec.metrics"],
    );
    const { args, notes } = operatorArgs(
      file("tag: 1.31.1\nvalues: { pilot: { env: { API_TOKEN: s3cr3t } } }"),
      "iop.yaml",
    );
    assert.ok(!JSON.stringify({ args, notes }).includes("s3cr3t"));
    assert.deepEqual(
      notes.map(({ subject }) => subject),
      ["spec.values.pilot.env.API_TOKEN"],
    );
  });

  it("is refused where it is none, or names no version", () => {
    const refuses = (text: string, message: RegExp) =>
      assert.throws(
        () => operatorArgs(text, "iop.yaml"),
        (error) => error instanceof InputError && message.test(error.message),
      );
    refuses("kind: Deployment", /iop\.yaml is no IstioOperator/);
    refuses("[]", /iop\.yaml is no IstioOperator/);
    refuses(file("profile: default"), /given {4}tag: none/);
    refuses(file("tag: latest"), /given {4}tag: latest/);
  });
});
