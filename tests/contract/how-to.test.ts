import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { cleanupScript } from "../../components/cleanup/cleanup-script";
import { pathToRoot } from "../../components/security/certificate-authority/certificate-path";
import { certificatesIn } from "../../components/security/certificate-authority/pem";
import { fleetText } from "../../cli/fleet/fleet-text";
import { plannedFleet } from "../support/fleets";
import { codeBlocks, root } from "../support/readme";
import { memberAt } from "../support/recorded";

const read = (page: string) => readFileSync(join(root, "docs/how-to", page), "utf8");
const pages = readdirSync(join(root, "docs/how-to"));

/** Everything that the cleanup's script says, as patterns: `$…` stands for any text. */
const said = [...cleanupScript.matchAll(/\b(?:say|stop) "([^"]+)"/g)]
  .map((match) => String(match[1]))
  .filter((text) => text !== "$*")
  .map((text) => {
    const parts = text
      .split(/\$\w+|\$\(seconds_left\)/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    return new RegExp(`^istio-eks: ${parts.join(".+")}$`);
  });

describe("docs/how-to/stuck-destroy.md", () => {
  it("quotes only what the cleanup says", () => {
    const lines = codeBlocks("text", read("stuck-destroy.md")).flatMap((block) => block.trimEnd().split("\n"));
    assert.deepEqual(
      lines.filter((line) => !said.some((pattern) => pattern.test(line))),
      [],
    );
    assert.ok(lines.length > 6);
    assert.ok(!said.some((pattern) => pattern.test("istio-eks: all is well")));
  });
});

describe("docs/how-to/ci.md", () => {
  it("shows a workflow whose steps a shell can read, with options that the command has", () => {
    const [workflow = ""] = codeBlocks("yaml github", read("ci.md"));
    const { jobs } = parse(workflow) as { readonly jobs: { readonly mesh: { readonly steps: readonly object[] } } };
    const runs = jobs.mesh.steps.flatMap((step) => ("run" in step ? [String(step.run)] : []));
    assert.ok(runs.length > 3);
    for (const run of runs) assert.equal(spawnSync("bash", ["-n"], { input: run }).status, 0, run);
  });
});

describe("docs/how-to/certificate-authority.md", () => {
  const page = read("certificate-authority.md");
  const blocks = [...page.matchAll(/^ {3}```yaml kubernetes\n([\s\S]*?)^ {3}```/gm)].map(
    ([, text]) => parse(String(text)) as Readonly<Record<string, unknown>>,
  );

  it("shows an issuer, and values of istio-csr that name it and the cluster of the stack file", () => {
    const [issuer, csr, ...more] = blocks;
    assert.deepEqual(more, []);
    assert.equal(memberAt(csr, "app.certmanager.issuer.kind"), issuer?.["kind"]);
    assert.equal(memberAt(csr, "app.certmanager.issuer.name"), memberAt(issuer, "metadata.name"));
    assert.equal(`${String(memberAt(csr, "app.certmanager.issuer.group"))}/v1beta1`, issuer?.["apiVersion"]);
    const [stack = ""] = codeBlocks("yaml", page).filter((block) => block.includes("ENABLE_CA_SERVER"));
    const values = memberAt((parse(stack) as { config: object }).config, "istio-mesh:mesh.istio.values");
    const cluster = memberAt(csr, "app.server.clusterID");
    assert.equal(memberAt(values, "istiod.global.multiCluster.clusterName"), cluster);
    assert.equal(memberAt(values, "ztunnel.multiCluster.clusterName"), cluster);
  });

  it("says at which of the steps two clusters of a mesh trust each other", () => {
    const folder = join(root, "examples/how-to/certificate-authority");
    const authorities = readdirSync(folder)
      .sort()
      .slice(1)
      .map((file) => {
        const { config } = parse(readFileSync(join(folder, file), "utf8")) as { readonly config: object };
        const texts = memberAt(config, "istio-mesh:mesh.security.certificateAuthority") as Readonly<
          Record<string, string>
        >;
        const [certificate] = certificatesIn(String(texts["certificate"])) || [];
        assert.ok(certificate !== undefined);
        return { certificate, roots: certificatesIn(String(texts["root"])) || [] };
      });
    const [both] = authorities;
    assert.ok(both !== undefined);
    // Before the first step istiod's own root signs, and is trusted alone.
    const steps = [{ ...both, roots: [both.certificate] }, ...authorities];
    const trusts = (one: (typeof steps)[number], other: (typeof steps)[number]) =>
      pathToRoot(other.certificate, { intermediates: [], roots: one.roots }) !== undefined;
    const works = steps.map((one) => steps.map((other) => trusts(one, other) && trusts(other, one)));
    assert.deepEqual(works, [
      [true, true, false, false],
      [true, true, true, false],
      [false, true, true, true],
      [false, false, true, true],
    ]);
    const rows = [...page.matchAll(/^\| \*\*(\d)\*\* [^|]*\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map((found) =>
      found.slice(2, 5),
    );
    const sign = (right: boolean | undefined) => (right === true ? "✓" : "–");
    assert.deepEqual(
      rows,
      works.map(([first, second, third, fourth]) => [
        first === second ? sign(first) : `1: ${sign(first)}, 2: ${sign(second)}`,
        ...[sign(third), sign(fourth)],
      ]),
    );
  });

  it("shows the stack file whose plan is kept", () => {
    const [stack = ""] = codeBlocks("yaml", page).filter((block) => block.includes("ENABLE_CA_SERVER"));
    const kept = readFileSync(join(root, "tests/golden/istio-csr/stack.yaml"), "utf8");
    assert.deepEqual(parse(stack), parse(kept));
  });
});

describe("docs/how-to/fleet.md", () => {
  it("shows what the command prints of the file that it shows", async () => {
    const [file = ""] = codeBlocks("yaml fleet", read("fleet.md"));
    const [shown] = codeBlocks("text", read("fleet.md"));
    assert.equal(fleetText(await plannedFleet(file), { colours: false, width: 100 }), shown);
  });
});

describe("the pages of docs/how-to", () => {
  for (const page of pages) {
    it(`name in ${page} only options that istio-eks plan has`, () => {
      const main = readFileSync(join(root, "cli/main.ts"), "utf8");
      const used = read(page)
        .split("\n")
        .filter((line) => line.includes("istio-eks plan"))
        .flatMap((line) => [...line.matchAll(/ (--[a-z-]+)/g)].map((match) => String(match[1])));
      assert.deepEqual(
        used.filter((option) => !main.includes(`${option} `)),
        [],
      );
    });
  }

  it("show JSON that can be parsed", () => {
    for (const page of pages) {
      for (const block of codeBlocks("json", read(page)))
        assert.doesNotThrow(() => JSON.parse(block) as unknown, block);
    }
  });
});
