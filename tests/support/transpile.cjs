// Loads TypeScript for a measurement of coverage: compiled by TypeScript itself, whose output maps line by line to the
// source. What tsx puts before and after the code of every file would count as branches that no test reaches.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const Module = require("node:module");
const ts = require("typescript");

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  importHelpers: true,
  inlineSourceMap: true,
  inlineSources: true,
};

Module._extensions[".ts"] = (module, fileName) => {
  const { outputText } = ts.transpileModule(readFileSync(fileName, "utf8"), { fileName, compilerOptions });
  module._compile(outputText, fileName);
};

// Node tries extensions in the order of this table: a module comes before the JSON file of the same name.
const { ".json": json } = Module._extensions;
delete Module._extensions[".json"];
Module._extensions[".json"] = json;

// `import("./svg.js")` means ./svg.ts here, and the examples' "istio-eks" this repository's own source.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  if (request === "istio-eks") return resolve(join(__dirname, "../../api/index.ts"), ...rest);
  try {
    return resolve(request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve(request.replace(/\.js$/, ".ts"), ...rest);
  }
};

// Lines of a report are those of the source only if Node keeps the maps.
process.setSourceMapsEnabled(true);

// Processes that tests start run under tsx: their coverage of the same files could not be joined with this one's.
delete process.env.NODE_V8_COVERAGE;
