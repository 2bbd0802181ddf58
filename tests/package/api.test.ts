import assert from "node:assert/strict";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { pack, root } from "./packed";

describe("the public API", () => {
  it("is the one of tests/api/istio-eks.api.md: a change of it is written there by `npm run api`, and reviewed", () => {
    pack();
    const config = ExtractorConfig.loadFileAndPrepare(join(root, ".config/api-extractor.json"));
    const said: string[] = [];
    const result = Extractor.invoke(config, {
      localBuild: false,
      messageCallback: (message) => {
        if (message.logLevel === "error" || message.logLevel === "warning") said.push(message.text);
        message.handled = true;
      },
    });
    assert.deepEqual({ said, changed: result.apiReportChanged }, { said: [], changed: false });
    assert.ok(result.succeeded);
  });
});
