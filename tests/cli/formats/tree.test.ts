import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { treeText } from "../../../cli/formats/tree";
import { inWaves } from "../../../cli/plan/graph";
import { removalOf } from "../../../cli/plan/removal";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { smallest, withIngress } from "../../support/args";
import { madeUp, madeUpPlan, planOf } from "../../support/plans";

const plain = { colours: false };

describe("treeText", () => {
  it("says nothing of a cleanup that is off", async () => {
    const plan = removalOf(await planOf({ ...smallest, cleanup: { enabled: false } }));
    assert.doesNotMatch(treeText(plan, plain), /alone|removes the load balancers/);
  });

  it("shows wave by wave what is made, what each thing is and what it comes after", async () => {
    assert.equal(
      treeText(await planOf(smallest), plain),
      `IstioMesh "mesh": sidecar, Istio ${defaultIstioVersion}. 6 resources to make, wave by wave; within a wave side by side.
├─ 1
│  └─ mesh                         IstioMesh: sidecar, Istio ${defaultIstioVersion}
├─ 2
│  └─ mesh-kubernetes              provider: Kubernetes of prod
├─ 3
│  └─ mesh-namespace-istio-system  Namespace: istio-system
├─ 4
│  └─ mesh-base                    Helm release: istio-base in istio-system: chart base ${defaultIstioVersion}  after mesh-namespace-istio-system
├─ 5
│  └─ mesh-istiod                  Helm release: istiod in istio-system: chart istiod ${defaultIstioVersion}  after mesh-base
└─ 6
   └─ mesh-cleanup                 command: on destroy: removes the load balancers and waits  after mesh-namespace-istio-system, mesh-base, mesh-istiod

`,
    );
  });

  it("shows the order of removal, and that the cleanup is alone in the first wave of it", async () => {
    const lines = treeText(removalOf(await planOf(smallest)), plain).split("\n");
    assert.match(String(lines[0]), /6 resources to remove, wave by wave/);
    assert.deepEqual(
      lines.slice(1, 5).map((line) => line.replace(/ {2}.*/, "")),
      ["├─ 1", "│", "├─ 2", "│"],
    );
    assert.match(String(lines[1]), /\(alone, for at most 600 s: if it fails, the mesh is still whole\)$/);
    assert.match(String(lines[2]), /mesh-cleanup/);
    assert.match(lines.join("\n"), /└─ 6\n {3}└─ mesh [^\n]*\n\nWhat stays:\n {2}- Istio's CustomResource/);
    assert.ok(!String(lines[2]).includes("after"), "nothing is removed before the cleanup");
    assert.match(lines.join("\n"), /mesh-base .* after mesh-istiod, mesh-cleanup\n/);
  });

  it("says that something is alone only of the cleanup", () => {
    const plan = madeUpPlan(inWaves([madeUp("first"), madeUp("last", { dependsOn: ["first"] })]));
    assert.doesNotMatch(treeText(removalOf(plan), plain), /alone/);
  });

  it("lists what stays apart from what is removed, wrapped as the rest", async () => {
    const mesh = { mode: "ambient", cluster: { name: "prod" }, namespaces: { legacy: { create: false } } };
    const args = { ...mesh, ingress: { strategy: "nlb", routing: "gateway-api" } };
    const text = treeText(removalOf(await planOf(args)), { ...plain, width: 80 });
    const [removed, stays] = text.split("\nWhat stays:\n");
    assert.doesNotMatch(String(removed), /mesh-crds /);
    assert.match(String(stays), /^ {2}- mesh-crds\n {4}\(https:[^\n]+\n {4}others may use it\n/);
    assert.match(String(stays), /\n {2}- namespace legacy: the mesh did not create it; its labels are removed\n/);
    assert.doesNotMatch(treeText(await planOf(args), plain), /What stays/);
  });

  it("ends with the address and with what is worth knowing", async () => {
    const lines = treeText(await planOf(withIngress({ hostnames: ["app.example.com"] })), plain)
      .trimEnd()
      .split("\n");
    assert.equal(lines.at(-2), "url: http://app.example.com");
    assert.match(String(lines.at(-1)), /^warning ingress: port 443 is passed through to the gateway/);
  });

  it("numbers what many things come after", async () => {
    const text = treeText(await planOf(withIngress({})), plain);
    assert.match(text, /mesh-service-istio-ingress .* after 10 others\n/);
  });

  it("paints only where it is asked to, and changes no word by it", async () => {
    const plan = await planOf(withIngress({}));
    const painted = treeText(plan, { colours: true });
    assert.notEqual(painted, treeText(plan, plain));
    assert.equal(stripVTControlCharacters(painted), treeText(plan, plain));
  });

  const forty = () => {
    const names = Array.from({ length: 40 }, (_, index) => `team-${String(index).padStart(2, "0")}`);
    const namespaces = Object.fromEntries(names.map((name) => [name, {}]));
    const ingress = { hostnames: ["a.example.com", "b.example.com"], scheme: "internet-facing" as const };
    return planOf(withIngress(ingress, { namespaces }));
  };

  it("folds what is alike: forty namespaces are one row, and their enrolments another", async () => {
    const lines = treeText(await forty(), plain).split("\n");
    const text = lines.join("\n");
    assert.match(text, /─ mesh-namespace-team-… +40 × Namespace: team-00 … team-39\n/);
    assert.match(
      text,
      /─ mesh-enrolment-team-… +40 × NamespacePatch: team-00 … team-39 {2}after mesh-namespace-team-…, mesh-istiod\n/,
    );
    assert.ok(lines.includes("N × stands for several resources that are alike; --all shows each."));
    assert.ok(lines.length < 45, `${lines.length} lines`);
  });

  it("unfolds where it is asked to", async () => {
    const text = treeText(await forty(), { ...plain, all: true });
    assert.equal(text.match(/Namespace: team-/g)?.length, 40);
    assert.doesNotMatch(text, /…| × /);
  });

  it("has no line that is wider than the terminal, unless a single word is", async () => {
    const plan = await forty();
    for (const width of [60, 80, 100]) {
      const wide = treeText(plan, { ...plain, width })
        .split("\n")
        .filter((line) => line.length > width && /[^ │├└─] [^ ]/.test(line.replace(/^.*─ /, "")));
      assert.deepEqual(wide, [], `${width} columns`);
    }
    const whole = (text: string) =>
      text
        .replaceAll(/[│├└─]/g, "")
        .split(/\s+/)
        .sort();
    assert.deepEqual(whole(treeText(plan, { ...plain, width: 80 })), whole(treeText(plan, plain)));
  });

  it("has a title where there is no mesh to describe", () => {
    assert.match(treeText(madeUpPlan(inWaves([madeUp("x")])), plain), /^IstioMesh "mesh": \. 1 resources to make/);
  });
});
