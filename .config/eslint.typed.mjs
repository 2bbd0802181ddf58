// A rule without a linter is advice: the house rules of components/decisions/ that a machine can hold.
import tseslint from "typescript-eslint";

const noBornInApply = {
  selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.name!='Error']",
  message: "No resource is born inside apply(): it would be missing from previews and from dependsOn.",
};
const defaultsLiveInArgs = {
  selector: "LogicalExpression[operator='??']",
  message: "Defaults live in *-args.ts, next to the docs that promise them.",
};
const noStrategyByName = [
  {
    selector: "Identifier[name=/^(nlb|alb|sidecar|ambient)([A-Z]|$)|(Nlb|Alb|Sidecar|Ambient)/]",
    message: "Makers and look-ups know no strategy or mode by name: the plan lacks a word.",
  },
  { selector: "Literal[value=/^(nlb|alb|sidecar|ambient)$/]", message: "See above: the plan lacks a word." },
];
const noStrategyCompared = [
  "BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(nlb|alb)$/]",
  "BinaryExpression[operator=/^[!=]==$/] > MemberExpression[object.name='IngressStrategy']",
  "SwitchCase > Literal[value=/^(nlb|alb)$/]",
].map((selector) => ({
  selector,
  message:
    "What differs between ingress strategies is a member of IngressStrategyModule (components/ingress/strategy.ts).",
}));
const leavesStayClosed = {
  selector: "CallExpression[callee.property.name='apply']",
  message: "The core carries leaves, it never opens them; join or read them at the edge (resources/, lookups/).",
};

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "coverage/**", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { project: ["tsconfig.json", "policy/tsconfig.json"], tsconfigRootDir: "/work/wt/next13" } } },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-restricted-syntax": ["error", noBornInApply],
    },
  },
  {
    files: ["cli/**/*.ts"],
    // It reads objects that others wrote.
    ignores: ["cli/adopt/**"],
    rules: { "no-restricted-syntax": ["error", noBornInApply, ...noStrategyCompared] },
  },
  {
    files: ["components/**/*.ts"],
    ignores: ["components/**/*-args.ts", "components/lookups/**", "components/resources/**"],
    rules: {
      "no-restricted-syntax": ["error", noBornInApply, defaultsLiveInArgs, leavesStayClosed, ...noStrategyCompared],
    },
  },
  {
    files: ["components/**/*-args.ts"],
    rules: { "no-restricted-syntax": ["error", noBornInApply, leavesStayClosed, ...noStrategyCompared] },
  },
  {
    files: ["components/lookups/**/*.ts", "components/resources/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", noBornInApply, defaultsLiveInArgs, ...noStrategyByName] },
  },
  {
    files: ["components/istio-mesh.ts"],
    rules: { "no-restricted-syntax": ["error", noBornInApply, defaultsLiveInArgs] },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='apply']",
          message: "A bare apply cannot fail a test: settle the output, then assert.",
        },
      ],
    },
  },
);
