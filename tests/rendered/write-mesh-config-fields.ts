import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { meshConfigText } from "./sources/mesh-config-fields";

writeFileSync(
  join(__dirname, "../../components/control-plane/charts/values/mesh-config-fields.json"),
  meshConfigText(),
);
