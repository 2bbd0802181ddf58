import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { meshConfigText } from "./sources/mesh-config-fields";

writeFileSync(join(__dirname, "../../components/charts/mesh-config-fields.json"), meshConfigText());
