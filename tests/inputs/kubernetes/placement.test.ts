import assert from "node:assert/strict";
import { placement } from "../../../components/inputs/kubernetes/placement";

describe("placement", () => {
  it("says nothing where nothing is said", () => {
    assert.deepEqual(placement({ nodeSelector: {}, tolerations: [], affinity: undefined }), {});
  });

  it("says what is said in the words of a pod", () => {
    const where = {
      nodeSelector: { role: "edge" },
      tolerations: [{ operator: "Exists" }],
      affinity: { podAffinity: {} },
    };
    assert.deepEqual(placement(where), where);
  });
});
