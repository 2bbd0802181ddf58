import { writeFileSync } from "node:fs";
import { controllerAnnotations, fixture } from "./build/controller-annotations";

const annotations = controllerAnnotations();
if (annotations === undefined)
  throw new Error("the controller's source is not in Go's module cache: npm run live:build");
writeFileSync(fixture, `${JSON.stringify(annotations, null, 2)}\n`);
