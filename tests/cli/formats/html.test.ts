import assert from "node:assert/strict";
import { Script } from "node:vm";
import { htmlText } from "../../../cli/formats/html";
import { changesOf } from "../../../cli/against/plan-changes";
import { foldGroups } from "../../../cli/plan/folding";
import { inWaves, wavesOf } from "../../../cli/plan/graph";
import { removalOf } from "../../../cli/plan/removal";
import { defaultIstioVersion } from "../../../components/control-plane/charts/versions";
import { smallest, withIngress } from "../../support/args";
import { type Element, html, readMarkup } from "../../support/markup";
import { madeUp, madeUpPlan, planOf, planOfWholeMesh } from "../../support/plans";

const plan = () => planOfWholeMesh({ mode: "ambient", strategy: "alb", routing: "gateway-api" });

/** The part of a page between a heading and the next one. */
const below = (page: string, heading: string) => String(page.split(`<h2>${heading}</h2>`)[1]).split("<h2>")[0] ?? "";
/** The panel of a page for `Create`, `Destroy` or `Change`. */
const steps = (page: string, title: string) =>
  page
    .split('<section class="steps"')
    .filter((part) => part.includes(`<h3>${title}</h3>`))
    .map((part) => part.split("</section>")[0])
    .join("");
const links = (part: string) => [...part.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, name]) => name);

/** The ids of the places for resources. */
const resourcesIn = (elements: readonly Element[]) =>
  elements.filter(({ attributes }) => attributes["class"] === "resource").map(({ attributes }) => attributes["id"]);

describe("htmlText", () => {
  it("is one well-formed page that loads nothing from anywhere", async () => {
    const page = htmlText(await plan());
    const elements = readMarkup(page, html);
    assert.equal(elements[0]?.name, "html");
    assert.deepEqual(
      elements.filter(({ name, attributes }) => "src" in attributes || name === "link" || name === "iframe"),
      [],
    );
    assert.doesNotMatch(page, /@import|url\((?!#)/);
  });

  it("has a place for every resource, and every link leads to one", async () => {
    const created = await plan();
    const elements = readMarkup(htmlText(created), html);
    const places = resourcesIn(elements);
    assert.equal(places.length, created.resources.length);
    assert.equal(new Set(places).size, places.length);
    const targets = elements
      .filter(({ name }) => name === "a")
      // A browser decodes the part behind the # once.
      .map(({ attributes }) => decodeURIComponent(String(attributes["href"]).slice(1)));
    assert.ok(targets.length > places.length);
    assert.deepEqual(
      targets.filter((target) => !places.includes(target)),
      [],
    );
  });

  it("leads from a box of the picture to its resource", async () => {
    const page = htmlText(await plan());
    const elements = readMarkup(page, html);
    const places = resourcesIn(elements);
    const boxes = elements.filter(({ attributes }) => String(attributes["class"]).startsWith("box"));
    assert.ok(boxes.length > 20);
    for (const { attributes } of boxes) {
      // As the page's script does.
      const place = `r-${encodeURIComponent(String(attributes["data-name"]))}`;
      assert.ok(places.includes(place), place);
    }
  });

  it("shows when each resource is made, and what the whole waits for", async () => {
    const created = await plan();
    const create = steps(htmlText(created), "Create");
    const rows = create.split("<li").slice(1);
    const row = (name: string) => String(rows.find((one) => one.includes(`>${name}</a>`)));
    assert.match(row("mesh-istiod"), /--start:\d+\.\d%;--length:\d+\.\d%.*30 s<\/span><\/li>/);
    assert.match(row("mesh-ingress-istio-ingress"), /20 s, at most 15m<\/span>/);
    const drawn = foldGroups(created.resources.filter(({ name }) => name !== "mesh"));
    assert.equal(rows.length, drawn.length);
    const starts = rows.map((one) => Number(/--start:([\d.]+)%/.exec(one)?.[1]));
    assert.deepEqual(
      starts,
      [...starts].sort((one, other) => one - other),
    );
    assert.match(create, /<p>About 3 minutes on AWS/);
    const path = links(create.split("<ol")[0] ?? "");
    assert.deepEqual(path.slice(-1), ["mesh-cleanup"]);
    assert.ok(!path.includes("mesh"));
    const critical = rows.filter((one) => one.startsWith(' class="critical"'));
    assert.deepEqual(
      path.filter((name) => !critical.some((one) => one.includes(`>${String(name)}</a>`))),
      [],
    );
    assert.equal(critical.length, path.length);
  });

  it("shows the seconds of what is quick", async () => {
    assert.match(steps(htmlText(await planOf(smallest)), "Create"), /<p>About \d+ s on AWS/);
    assert.match(steps(htmlText(madeUpPlan([])), "Create"), /<p>About 1 s on AWS/);
  });

  it("shows what a destroy does: the cleanup alone, the waves, what stays", async () => {
    const created = await plan();
    const destroy = steps(htmlText(created), "Destroy");
    const [order = "", stays = ""] = destroy.split("<h4>What stays</h4>");
    assert.match(order, /<p>First the cleanup, alone, for at most 600 s: if it fails, the mesh is still whole\.<\/p>/);
    const removal = order.split("<li>").slice(1).map(links);
    assert.deepEqual(removal[0], ["mesh-cleanup"]);
    assert.deepEqual(removal.at(-1), ["mesh"]);
    assert.ok(!removal.flat().includes("mesh-crds"));
    const { resources } = removalOf(created);
    assert.equal(removal.flat().length, wavesOf(resources).flatMap((wave) => foldGroups(wave)).length);
    assert.match(
      stays,
      /<li>mesh-crds \(https:[^<]+<\/li><li>Istio's CustomResourceDefinitions: Helm keeps them<\/li>/,
    );
  });

  it("shows what changes from another plan first, where there is one", async () => {
    const created = await plan();
    assert.equal(steps(htmlText(created), "Change"), "");
    const was = await planOf(smallest);
    const page = htmlText(created, { changes: changesOf(was, created) });
    assert.match(steps(page, "Change"), /<pre>\d+ created, [^]*load balancer of mesh-ingress-istio-ingress: created/);
    assert.match(page, /value="change" checked/);
    assert.match(htmlText(created), /value="create" checked/);
  });

  it("shows the rights that the plan takes, if they are given", async () => {
    const created = await planOf(smallest);
    const page = htmlText(created, { rights: { iam: '{ "Version": "2012-10-17" }', rbac: "kind: ClusterRole\n" } });
    assert.match(page, /<b>IAM policy<\/b><\/summary><pre>\{ &quot;Version&quot;/);
    assert.match(page, /<b>ClusterRole<\/b><\/summary><pre>kind: ClusterRole/);
    assert.doesNotMatch(htmlText(created), /class="rights"/);
  });

  it("lists resources in groups, and of each its values, inputs, options and what waits for what", async () => {
    const page = htmlText(await plan());
    const details = (name: string) =>
      String(page.split("<details ").find((part) => part.includes(`<b>${name}</b>`))).split("</details>")[0] ?? "";
    const part = (name: string, title: string) =>
      String(details(name).split(`<section data-tab="${title}">`)[1]).split("</section>")[0] ?? "";
    assert.match(part("mesh-base", "Waits for"), /<p>after <a [^>]*>mesh-namespace-istio-system<\/a><\/p><p>before /);
    assert.match(part("mesh-istiod", "Helm values"), /autoscaleMin: 2/);
    assert.doesNotMatch(part("mesh-istiod", "Inputs"), /autoscaleMin/);
    assert.match(part("mesh-base", "Inputs"), /chart: base[^]*deleteBeforeReplace: true/);
    assert.doesNotMatch(details("mesh"), /options|<p>after|Waits for|Helm values/);
    const groups = [...page.matchAll(/<h3>([^<]*) <small>(\d+)<\/small><\/h3>/g)].map(([, title]) => title);
    assert.deepEqual(groups, [
      ...["Security groups", "Certificates and DNS", "Helm releases", "Kubernetes objects"],
      "The mesh, providers and commands",
    ]);
  });

  it("shows warnings above all, if there are some, and the outputs at the end", async () => {
    const warned = htmlText(await planOf(withIngress({ hostnames: ["app.example.com"] })));
    assert.match(warned, /<ul class="warnings"><li>ingress: port 443 is passed through/);
    assert.match(below(warned, "Outputs"), /url: http:\/\/app\.example\.com/);
    assert.doesNotMatch(htmlText(await planOf({ mode: "sidecar", cluster: { name: "prod" } })), /class="warnings"/);
  });

  /** The cards of a page by their titles. */
  const cards = (page: string) =>
    new Map(
      [...page.matchAll(/<section class="card[^"]*"><h3>([^<]*)<\/h3><ul>(.*?)<\/ul>/gs)].map(([, title, list]) => [
        String(title),
        [...String(list).matchAll(/<li>([^<]*)/g)].map(([, line]) => String(line)),
      ]),
    );

  it("begins with the way of requests: a lane for each load balancer, the internet marked", async () => {
    const args = withIngress(
      {
        ...{
          strategy: "alb",
          scheme: "internet-facing",
          hostnames: ["shop.example.com"],
          dns: { zoneName: "example.com" },
        },
        routes: [
          { host: "shop.example.com", service: "web", namespace: "shop", port: 8080 },
          { host: "shop.example.com", path: "/out", service: "web", namespace: "elsewhere", port: 80 },
        ],
      },
      { namespaces: { shop: {}, other: {} } },
    );
    const page = htmlText(await planOf(args));
    assert.ok(page.indexOf('class="lane"') < page.indexOf("<svg"));
    const lane = String(page.split('<article class="lane">')[1]).split("</article>")[0] ?? "";
    assert.match(lane, /<p class="open">internet: 0\.0\.0\.0\/0<br\/>TCP 80<\/p>/);
    assert.match(lane, /shop\.example\.com \(DNS record\).*ALB prod-istio-ingress<br\/>internet-facing.*no WAF/s);
    assert.match(lane, /<b>shop\.example\.com<\/b><br\/>shop \/ web:8080<br\/>mTLS PERMISSIVE \(sidecar\)/);
    assert.match(lane, /<b>shop\.example\.com\/out<\/b><br\/>elsewhere \/ web:80<br\/>plaintext: not in the mesh/);
    assert.match(
      page,
      /<ul class="chips"><li title="mTLS PERMISSIVE \(sidecar\)">other <small>PERMISSIVE<\/small><\/li><\/ul>/,
    );
  });

  it("says of every lane what is not there: groups of others, hosts, routes, destinations, ingresses", async () => {
    assert.match(htmlText(await planOf(smallest)), /<p>No ingress: no load balancer leads into the mesh\.<\/p>/);
    const metadata = { name: "edge", namespace: "edge" };
    const service = madeUp("mesh-service-edge", {
      type: "kubernetes:core/v1:Service",
      inputs: { metadata, spec: { type: "LoadBalancer", ports: [{ port: 80 }] } },
    });
    const route = madeUp("mesh-route-edge/x", {
      type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
      inputs: { metadata, spec: { hostnames: ["a.example.com"], rules: [{ filters: [{}] }] } },
    });
    const page = htmlText(madeUpPlan(inWaves([service, route])));
    assert.match(page, /<p>whom its security groups let in<\/p>.*<p>every host<\/p>/s);
    assert.match(page, /<b>a\.example\.com<\/b><br\/>answered by the gateway/);
    assert.deepEqual([...cards(page).keys()], ["Inside only", "Billed by AWS"]);
  });

  it("has a card for each thing that a review asks first", async () => {
    const acl = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/0a1b";
    const open = { strategy: "alb" as const, scheme: "internet-facing" as const, alb: { webAclArn: acl } };
    const some = { ...open, allowedCidrs: ["203.0.113.0/24"] };
    const additionalIngresses = { some, inner: { strategy: "nlb" as const } };
    const plan = await planOf(withIngress(open, { additionalIngresses }));
    const shown = cards(htmlText(plan, { file: "Pulumi.prod.yaml", exampleRegion: true }));
    assert.deepEqual(shown.get("Open to the internet"), ["istio-ingress (ALB): 0.0.0.0/0 on 80"]);
    assert.deepEqual(shown.get("On the internet, for some"), ["some (ALB): 203.0.113.0/24 on 80"]);
    assert.deepEqual(shown.get("Inside only"), ["inner (NLB): 10.0.0.0/16 on 80, 443"]);
    assert.deepEqual(shown.get("Warnings"), [`${plan.warnings.length}, listed below`]);
    assert.ok(shown.get("Helm releases")?.includes(`istiod ${defaultIstioVersion}`));
    assert.ok(shown.get("Pods")?.includes("mesh-istiod: 2 to 5 pods"), String(shown.get("Pods")));
    assert.deepEqual(shown.get("Billed by AWS"), [
      ...["2 × Application Load Balancer", "1 × Network Load Balancer", "1 × web ACL in use"],
    ]);
    assert.deepEqual(shown.get("Where"), [
      ...[
        "cluster prod",
        "region eu-central-1 (an example: none is set)",
        "file Pulumi.prod.yaml",
        `Istio ${defaultIstioVersion}`,
      ],
    ]);
    assert.deepEqual(shown.get("Example ids, not yours")?.slice(-2), ["sg-0example0cluster0", "vpc-0example00000000"]);
    const known = cards(htmlText(await planOf(smallest)));
    assert.deepEqual(known.get("Where"), ["cluster prod", "region eu-central-1", `Istio ${defaultIstioVersion}`]);
    assert.deepEqual([known.get("Open to the internet"), known.get("Billed by AWS")], [undefined, undefined]);
  });

  it("marks example ids among the inputs, and no others", async () => {
    const args = withIngress({});
    assert.match(htmlText(await planOf(args)), /vpcId: <mark title="[^"]*--facts">vpc-0example00000000<\/mark>/);
    const facts = {
      vpcId: "vpc-0a1b2c3d4e5f60718",
      securityGroupId: "sg-0a1b2c3d4e5f60718",
      endpoint: "https://x.example",
    };
    assert.doesNotMatch(htmlText(await planOf(args, facts)), /<mark /);
  });

  it("has no button in an image, and landmarks to go to", async () => {
    const page = htmlText(await plan());
    const names = readMarkup(page, html).map(({ name }) => name);
    for (const landmark of ["header", "main", "aside"]) assert.ok(names.includes(landmark), landmark);
    assert.match(page, /setAttribute\("role", "group"\)/);
    assert.doesNotMatch(page, /aria-live/);
  });

  it("lets nothing that the user wrote become markup", async () => {
    const values = { istiod: { env: { X: '</pre><script>alert("&")</script>' } } };
    const page = htmlText(await planOf(withIngress({}, { istio: { values } })));
    const scripts = readMarkup(page, html).filter(({ name }) => name === "script");
    assert.equal(scripts.length, 1);
    assert.ok(page.includes("&lt;/pre&gt;&lt;script&gt;"));
    const named = madeUpPlan(inWaves([madeUp('<i>&"')]), { warnings: ["<b>"], mesh: "<m>" });
    assert.doesNotThrow(() => readMarkup(htmlText(named), html));
    assert.ok(htmlText(named).includes("<li>&lt;b&gt;</li>"));
  });

  it("has a script that a browser can read", async () => {
    const [, script = ""] = /<script>([^]*)<\/script>/.exec(htmlText(await plan())) ?? [];
    assert.ok(script.length > 100);
    assert.doesNotThrow(() => new Script(script));
  });
});
