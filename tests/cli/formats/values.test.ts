import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { valuesText } from "../../../cli/formats/values";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { madeUpPlan, planOfWholeMesh } from "../../support/plans";

describe("valuesText", () => {
  it("is a YAML document for each release, which `helm install -f` could read", async () => {
    const text = valuesText(await planOfWholeMesh({ mode: "ambient", strategy: "nlb", routing: "istio" }));
    const documents = parseAllDocuments(text);
    assert.ok(Array.isArray(documents));
    assert.deepEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
    const values = documents.map((document) => document.toJS() as Readonly<Record<string, unknown>>);
    assert.equal(values.length, 5);
    assert.deepEqual(values[0], { defaultRevision: "default", global: { istioNamespace: "istio-system" } });
  });

  it("says above each which release it is of", async () => {
    const text = valuesText(await planOfWholeMesh({ mode: "ambient", strategy: "nlb", routing: "istio" }));
    assert.deepEqual(
      text.split("\n").filter((line) => line.startsWith("#")),
      [
        `# istio-base in istio-system: chart base ${defaultIstioVersion}`,
        `# istio-cni in istio-system: chart cni ${defaultIstioVersion}`,
        `# istiod in istio-system: chart istiod ${defaultIstioVersion}`,
        `# ztunnel in istio-system: chart ztunnel ${defaultIstioVersion}`,
        `# istio-ingress in istio-ingress: chart gateway ${defaultIstioVersion}`,
      ],
    );
  });

  it("is empty where nothing is installed", () => {
    assert.equal(valuesText(madeUpPlan([])), "");
  });
});
