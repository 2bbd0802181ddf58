import assert from "node:assert/strict";
import { refuseFiles, refuseOptions, seconds } from "../../cli/options";

describe("options of the commands", () => {
  it("name a stack file, which no command takes as an argument", () => {
    refuseFiles("plan", []);
    assert.throws(
      () => refuseFiles("plan", ["Pulumi.prod.yaml"]),
      /takes no argument "Pulumi\.prod\.yaml"[\s\S]*istio-eks plan --config Pulumi\.prod\.yaml/,
    );
  });

  it("of the plan of one cluster are refused with several stack files", () => {
    refuseOptions({ "--destroy": false });
    assert.throws(() => refuseOptions({ "--destroy": false, "--against": true }), /--against does not go with several/);
  });

  it("that are times are 1 to 3600 seconds", () => {
    assert.deepEqual(["1", "3600"].map(seconds), [1, 3600]);
    for (const wrong of ["0", "-1", "3601", "soon", ""]) assert.throws(() => seconds(wrong), /1 to 3600/);
  });
});
