import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkGrafanaSecrets } from "../../components/addons/grafana-secrets-check";
import type { Tree } from "../../components/plan/input-value";

const check = (ini: Tree, values: Tree = {}) =>
  checkGrafanaSecrets({ "grafana.ini": ini, ...values }, "addons.grafana.values");

describe("checkGrafanaSecrets", () => {
  it("refuses a secret in plain text, without repeating it, and names the variable that Grafana reads", () => {
    assert.deepEqual(check({ "auth.generic_oauth": { client_id: "grafana", client_secret: "s3cret" } }), [
      {
        path: 'addons.grafana.values["grafana.ini"]["auth.generic_oauth"].client_secret',
        given: "[secret]",
        allowed: "a reference that Grafana reads when it starts, such as $__env{GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET}",
        suggestion: "put the secret into a Kubernetes Secret, and name that in envFromSecret",
      },
    ]);
  });

  it("finds every one", () => {
    const ini = { security: { secret_key: "a", admin_password: "b" }, database: { password: "$ecret" }, smtp: {} };
    assert.equal(check(ini).length, 3);
  });

  it("takes references, to variables, files and Vault", () => {
    for (const password of ["${DB}", "$__env{DB}", "$__file{/etc/secrets/db}", "$__vault{kv:db:password}"]) {
      assert.deepEqual(check({ database: { password } }), [], password);
    }
  });

  it("has nothing to say where the chart does not look, or what is known later", () => {
    assert.deepEqual(check({ database: { password: "s3cret" } }, { assertNoLeakedSecrets: false }), []);
    assert.deepEqual(check({ database: { password: pulumi.secret("s3cret") } }), []);
    assert.deepEqual(check({ database: { user: "grafana" } }), []);
    assert.deepEqual(checkGrafanaSecrets({}, "addons.grafana.values"), []);
  });
});
