import { writeFileSync } from "node:fs";
import { analyzedSchema, schemaFile } from "./schema";

void analyzedSchema().then((schema) => writeFileSync(schemaFile, schema));
