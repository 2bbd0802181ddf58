import assert from "node:assert/strict";
import { checkTags, tagKey, tagsInOrder, tagValue } from "../../../components/inputs/aws/tag";
import { accepts, refuses } from "../../support/forms";

const paths = (tags: Record<string, unknown>) =>
  checkTags(tags, { loadBalancer: true, role: false }).map(({ path }) => path);

describe("tagValue", () => {
  it("takes the signs that AWS takes in every service, and nothing at all", () => {
    accepts(tagValue, "team a", "a_b.c:d/e=f+g-h@i", "Größe", "", "a".repeat(256));
  });

  it("refuses commas: the load balancer controller reads tags as a=1,b=2", () => {
    assert.equal(tagValue.check("a,b"), "remove commas and other signs");
  });

  it("refuses 257 letters, and signs that AWS does not know", () => refuses(tagValue, "a".repeat(257), "a#b", "a;b"));
});

describe("tagKey", () => {
  it("takes keys of up to 128 letters", () => accepts(tagKey, "Team", "a:b/c@d", "k".repeat(128)));

  it("refuses an equals sign or a comma, where the controller would cut", () =>
    refuses(tagKey, "a=b", "a,b", "", "k".repeat(129)));
});

describe("checkTags", () => {
  it("refuses AWS's own prefix, in any case", () => {
    assert.deepEqual(paths({ "aws:team": 1, "AWS:team": 1, awsteam: 1 }), ['tags["aws:team"]', 'tags["AWS:team"]']);
  });

  it("refuses keys that differ in letter case only, where an IAM role has them", () => {
    const tags = { Team: "a", Owner: "b", team: "c", TEAM: "d" };
    const at = (role: boolean) => checkTags(tags, { loadBalancer: true, role }).map(({ path }) => path);
    assert.deepEqual(at(false), []);
    assert.deepEqual(at(true), ["tags.team", "tags.TEAM"]);
  });

  it("leaves room for the controller's own tags on a load balancer, of which AWS allows 50", () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "x"]));
    assert.deepEqual(paths(tags(47)), []);
    assert.deepEqual(checkTags(tags(50), { loadBalancer: false, role: false }), []);
    assert.deepEqual(paths(tags(48)), ["tags"]);
    assert.deepEqual(checkTags(tags(52), { loadBalancer: false, role: false }), [
      {
        path: "tags",
        given: '"52 tags"',
        allowed: "at most 50: AWS allows 50 on a resource",
        suggestion: "remove 2",
      },
    ]);
  });

  it("refuses the cluster's tag: with a second tagged group on a node the controller gives up", () => {
    assert.deepEqual(paths({ "kubernetes.io/cluster/prod": "owned" }), ['tags["kubernetes.io/cluster/prod"]']);
  });

  it("refuses the tags by which the controllers know their load balancers", () => {
    const taken = ["elbv2.k8s.aws/cluster", "service.k8s.aws/stack", "ingress.k8s.aws/stack", "eks:cluster-name"];
    assert.equal(
      checkTags(Object.fromEntries(taken.map((key) => [key, "x"])), { loadBalancer: true, role: false }).length,
      taken.length,
    );
  });
});

describe("tagsInOrder", () => {
  it("sorts by key, as Pulumi does with configuration: the controller gets them as one text", () => {
    assert.deepEqual(Object.keys(tagsInOrder({ team: 1, Cost: 2, app: 3 })), ["Cost", "app", "team"]);
  });
});
