import assert from "node:assert/strict";
import { controlPlanesIn } from "../../../cli/adopt/control-plane/control-planes";
import { object } from "../../support/situation";

const deployment = (image: string, metadata: object = {}) =>
  object(
    "Deployment",
    { name: "istiod", ...metadata },
    { spec: { template: { spec: { containers: [{ name: "discovery", image }] } } } },
  );
const webhook = (labels?: Readonly<Record<string, string>>) =>
  object("MutatingWebhookConfiguration", { name: "tag", ...(labels === undefined ? {} : { labels }) });
const read = (istiod: ReturnType<typeof deployment>, tagWebhooks: readonly ReturnType<typeof webhook>[] = []) =>
  controlPlanesIn({ istiods: [istiod], releases: [], tagWebhooks })[0];

describe("controlPlanesIn", () => {
  it("reads registry and version from the image, and the revision from its label", () => {
    const metadata = { namespace: "mesh", labels: { "istio.io/rev": "1-30-4" } };
    assert.deepEqual(read(deployment("docker.io/istio/pilot:1.30.4-distroless", metadata)), {
      ...{ namespace: "mesh", revision: "1-30-4", release: undefined },
      ...{ hub: "docker.io/istio", version: "1.30.4", tags: [] },
    });
  });

  it("knows neither registry nor version of an image by digest, and no revision without the label", () => {
    assert.deepEqual(read(deployment("example.com/pilot@sha256:abc")), {
      ...{ namespace: "", revision: "", release: undefined, hub: "", version: "", tags: [] },
    });
  });

  it("reads the first container where none is called discovery", () => {
    const containers = [{ name: "pilot", image: "docker.io/istio/pilot:1.31.1" }];
    const istiod = object("Deployment", { name: "istiod" }, { spec: { template: { spec: { containers } } } });
    assert.equal(read(istiod)?.version, "1.31.1");
  });

  it("counts the tags that lead to it, but not the one that istioctl writes for the control plane without a revision", () => {
    const tags = [
      webhook({ "istio.io/rev": "default", "istio.io/tag": "prod" }),
      webhook({ "istio.io/rev": "default", "istio.io/tag": "default" }),
      webhook({ "istio.io/rev": "default" }),
      webhook({ "istio.io/rev": "other", "istio.io/tag": "next" }),
      webhook(),
    ];
    assert.deepEqual(read(deployment("docker.io/istio/pilot:1.31.1"), tags)?.tags, ["prod"]);
  });
});
