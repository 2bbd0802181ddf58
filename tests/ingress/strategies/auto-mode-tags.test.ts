import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  autoModeTagStatement,
  tagAnnotation,
  warnOfAutoModeTags,
} from "../../../components/ingress/strategies/auto-mode-tags";
import { codeBlocks, root } from "../../support/readme";
import { alb, ingress } from "../../support/settings";

const onAlb = "alb.ingress.kubernetes.io/tags";
const onNlb = "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags";
const tags = { team: "platform" };

describe("autoModeTagStatement", () => {
  it("allows what makes a load balancer, for the cluster whose role it is, with any other tag", () => {
    assert.deepEqual(
      ["LoadBalancer", "TargetGroup", "Listener", "Rule"].map((kind) => `elasticloadbalancing:Create${kind}`),
      autoModeTagStatement.Action,
    );
    assert.deepEqual(autoModeTagStatement.Condition, {
      StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
    });
  });
});

describe("docs/permissions.md", () => {
  it("has the same statement, and the annotations", () => {
    const page = readFileSync(join(root, "docs/permissions.md"), "utf8");
    const statements = codeBlocks("json", page).map((block) => JSON.parse(block) as { readonly Sid?: string });
    const statement = statements.find(({ Sid }) => Sid === autoModeTagStatement.Sid);
    assert.deepEqual(statement, autoModeTagStatement);
    for (const annotation of [onAlb, onNlb]) assert.ok(page.includes(`{ ${annotation}: "team=platform" }`), annotation);
  });
});

describe("tagAnnotation", () => {
  it("is the one of the object that carries the load balancer", () => {
    assert.equal(tagAnnotation(ingress()), onNlb);
    assert.equal(tagAnnotation(ingress({ strategy: alb() })), onAlb);
  });
});

describe("warnOfAutoModeTags", () => {
  it("names the load balancers without tags, the statement, and the annotations, in one order whatever the map's", () => {
    const [warning = "", ...others] = warnOfAutoModeTags(tags, [
      ingress({ name: "shop", strategy: alb() }),
      ingress(),
      ingress({ name: "done", annotations: { [onNlb]: "team=platform" } }),
    ]);
    assert.deepEqual(others, []);
    assert.match(warning, /^tags: .*load balancers of istio-ingress, shop;/);
    assert.ok(warning.includes(`"${onAlb}" and "${onNlb}"`));
    assert.ok(warning.endsWith(JSON.stringify(autoModeTagStatement)));
  });

  it("says nothing without tags, or where every ingress has its own", () => {
    assert.deepEqual(warnOfAutoModeTags({}, [ingress()]), []);
    assert.deepEqual(warnOfAutoModeTags(tags, [ingress({ annotations: { [onNlb]: "team=platform" } })]), []);
  });
});
