import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { valuesText } from "../../../cli/formats/values";
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
        "# istio-base in istio-system: chart base 1.31.1",
        "# istio-cni in istio-system: chart cni 1.31.1",
        "# istiod in istio-system: chart istiod 1.31.1",
        "# ztunnel in istio-system: chart ztunnel 1.31.1",
        "# istio-ingress in istio-ingress: chart gateway 1.31.1",
      ],
    );
  });

  it("is empty where nothing is installed", () => {
    assert.equal(valuesText(madeUpPlan([])), "");
  });
});
