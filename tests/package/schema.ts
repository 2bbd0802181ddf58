import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import { format, resolveConfig } from "prettier";
import { IstioMesh } from "../../components";
import { type AnalyzedSchema, withDocumentation } from "./schema-documentation";

const root = resolve(__dirname, "../..");
export const schemaFile = join(root, "provider/schema.json");

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly license: string;
}

/** What a registry shows of the package. */
function metadataOf({ keywords, homepage, repository, license }: Manifest) {
  const address = repository.url.replace(/^git\+|\.git$/g, "");
  return {
    ...{ displayName: "Istio on Amazon EKS", publisher: "istio-eks", license, homepage, repository: address },
    // The Registry finds components by these two.
    keywords: [...keywords, "category/infrastructure", "kind/component"],
    logoUrl: `${address.replace("https://github.com/", "https://raw.githubusercontent.com/")}/main/docs/logo.svg`,
  };
}

/**
 * The schema that Pulumi's own analyzer reads from the component's source, as text.
 *
 * The analyzer wants a folder with a manifest and a tsconfig.json: those of the repository would have it read every test.
 */
export async function analyzedSchema(): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
  const { version, description } = manifest;
  const folder = mkdtempSync(join(tmpdir(), "istio-eks-schema-"));
  const entry = join(root, "components/index.ts");
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  try {
    write("package.json", { name: "istio-eks", version, description, main: entry });
    write("tsconfig.json", {
      extends: join(root, "tsconfig.json"),
      compilerOptions: { rootDir: root, types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
      include: [join(root, "components")],
      exclude: [],
    });
    const provider = new ComponentProvider({ name: "istio-eks", dirname: folder, components: [IstioMesh] });
    const analyzed = JSON.parse(withoutSuffix(await provider.getSchema())) as AnalyzedSchema;
    const documented = withDocumentation(analyzed);
    const schema = sorted({ ...documented, ...metadataOf(manifest), language: languagesOf(documented) });
    return await format(JSON.stringify(schema), {
      ...(await resolveConfig(schemaFile)),
      parser: "json",
      printWidth: 120,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without a name the generated Node SDK calls itself `@pulumi/istio-eks`; `istio-eks` is the npm package itself. */
function languagesOf({ language }: AnalyzedSchema) {
  return { ...language, nodejs: { ...language["nodejs"], packageName: "istio-eks-sdk" } };
}

/** Every language adds its own `Args` to the name of a type that is written by the user: no `ClusterArgsArgs`. */
function withoutSuffix(schema: string): string {
  return schema.replaceAll(/(istio-eks:index:\w+)Args"/g, '$1"');
}

/** Keys in order of the alphabet, so that a changed order of declarations is no changed schema. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
