import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Published, publishedVersions } from "../../../cli/versions/published-versions";
import { versionsFormats } from "../../../cli/versions/versions-format";
import { versionsText } from "../../../cli/versions/versions-text";
import { istioChartRepository } from "../../../components/control-plane/charts/chart-repository";
import { defaultIstioVersion, istioMinors } from "../../../components/control-plane/charts/versions";

/** An index as Helm writes it. */
const index = (...versions: readonly string[]) =>
  `apiVersion: v1\nentries:\n  istiod:\n${versions.map((one) => `  - name: istiod\n    version: ${one}\n`).join("")}`;

/** Asks a repository that answers with this. */
async function asked(status: number, body: string): Promise<Published> {
  const server = createServer(({ url }, response) => {
    response.writeHead(url === "/charts/index.yaml" ? status : 404).end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    return await publishedVersions(`http://127.0.0.1:${(server.address() as AddressInfo).port}/charts/`, 10);
  } finally {
    server.close();
  }
}

describe("publishedVersions", () => {
  it("finds the releases in a chart repository, each once and without pre-releases", async () => {
    assert.deepEqual(await asked(200, index("1.31.10", "1.31.9", "1.32.0-rc.1", "1.31.9", "1.30.8")), {
      known: true,
      versions: ["1.30.8", "1.31.9", "1.31.10"],
    });
  });

  it("reports why it knows none", async () => {
    const reasons = await Promise.all([
      asked(503, ""),
      asked(200, "<html>"),
      publishedVersions("http://127.0.0.1:9", 5),
    ]);
    for (const [position, reason] of [/answered 503$/, /lists no release$/, /^fetch failed: ./].entries()) {
      const found = reasons[position];
      assert.ok(found !== undefined && !found.known);
      assert.match(found.reason, reason);
    }
  });
});

describe("publishedVersions of a repository that does not answer", () => {
  it("gives up after the time it was given", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const found = await publishedVersions(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, 0.05);
    silent.closeAllConnections();
    silent.close();
    assert.ok(!found.known);
    assert.match(found.reason, /timeout/);
  });
});

describe("versionsFormats", () => {
  it("are text and JSON, from Istio's own charts", () => {
    assert.deepEqual([...versionsFormats], ["text", "json"]);
    assert.match(istioChartRepository, /^https:\/\/.+\/charts$/);
  });
});

describe("versionsText", () => {
  const base = { version: "1.2.3", repository: "https://charts.example.com", today: new Date("2026-11-27") };
  const published: Published = { known: true, versions: ["1.30.9", "1.31.4", "1.99.0"] };
  const row = (text: string, minor: string) => String(text.split("\n").find((line) => line.startsWith(`${minor} `)));

  it("reports each minor the newest patch, known and published, and until when it is supported", () => {
    const text = versionsText({ ...base, published }, "text");
    assert.ok(text.startsWith(`istio-eks 1.2.3; istio.version is ${defaultIstioVersion} unless you set it\n`));
    for (const { minor, newestPatch } of istioMinors) assert.ok(row(text, minor).includes(newestPatch), text);
    assert.match(row(text, "1.30"), /^1\.30 +1\.30\.\d+ +1\.30\.9 +about 2026-12-31/);
    assert.match(row(text, "1.28"), / - +ended 2026-07-01/);
    assert.match(text, /newest: by https:\/\/charts\.example\.com\n$/);
  });

  it("reports where the newest are not known, and why", () => {
    const text = versionsText({ ...base, published: { known: false, reason: "no network" } }, "text");
    assert.match(text, /newest: not known, https:\/\/charts\.example\.com cannot be reached \(no network\)\n$/);
  });

  it("names a minor that is newer than the table", () => {
    assert.match(row(versionsText({ ...base, published }, "text"), "1.99"), /^1\.99 +- +1\.99\.0 +- +- +-$/);
  });

  it("tells the same as JSON, and what is not known as null", () => {
    const text = versionsText({ ...base, published: { known: false, reason: "no network" } }, "json");
    const { minors, notReached } = JSON.parse(text) as {
      readonly notReached: string;
      readonly minors: readonly {
        readonly minor: string;
        readonly newest: string | null;
        readonly supported: boolean;
      }[];
    };
    assert.equal(notReached, "no network");
    assert.deepEqual(
      minors.map(({ minor, newest }) => `${minor} ${String(newest)}`),
      [...istioMinors].reverse().map(({ minor }) => `${minor} null`),
    );
    assert.equal(minors.at(-1)?.supported, false);
  });
});
