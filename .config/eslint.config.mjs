// A rule without a linter is advice: the rules of components/decisions/ that a machine can check.
import tseslint from "typescript-eslint";

const noResourceInApply = {
  selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.name!='Error']",
  message: "No resource is created inside apply(): it would be missing from previews and from dependsOn.",
};
const defaultsLiveInArgs = {
  selector: "LogicalExpression[operator='??']",
  message: "Defaults live in *-args.ts, next to the docs that state them.",
};
const noStrategyByName = [
  {
    selector: "Identifier[name=/^(nlb|alb|sidecar|ambient)([A-Z]|$)|(Nlb|Alb|Sidecar|Ambient)/]",
    message: "Code in resources/ and lookups/ knows no strategy or mode by name: let the plan state what it needs.",
  },
  { selector: "Literal[value=/^(nlb|alb|sidecar|ambient)$/]", message: "See above: let the plan state what it needs." },
];
const noStrategyCompared = [
  "BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(nlb|alb)$/]",
  "BinaryExpression[operator=/^[!=]==$/] > MemberExpression[object.name='IngressStrategy']",
  "SwitchCase > Literal[value=/^(nlb|alb)$/]",
].map((selector) => ({
  selector,
  message:
    "What differs between ingress strategies is a member of IngressStrategyModule (components/ingress/strategies/strategy.ts).",
}));
const noApplyInCore = {
  selector: "CallExpression[callee.property.name='apply']",
  message: "The core passes Inputs on and never reads them; join or read them in resources/ and lookups/.",
};

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "coverage/**", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.json", "./policy/tsconfig.json"],
        tsconfigRootDir: `${import.meta.dirname}/..`,
      },
    },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Pulumi's own types rely on structure: an unwrapped class is a plain object.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-restricted-syntax": ["error", noResourceInApply],
    },
  },
  {
    files: ["cli/**/*.ts"],
    // It reads objects that others wrote.
    ignores: ["cli/adopt/**"],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, ...noStrategyCompared] },
  },
  {
    files: ["components/**/*.ts"],
    ignores: ["components/**/*-args.ts", "components/lookups/**", "components/resources/**"],
    rules: {
      "no-restricted-syntax": ["error", noResourceInApply, defaultsLiveInArgs, noApplyInCore, ...noStrategyCompared],
    },
  },
  {
    files: ["components/**/*-args.ts"],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, noApplyInCore, ...noStrategyCompared] },
  },
  {
    files: ["components/lookups/**/*.ts", "components/resources/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, defaultsLiveInArgs, ...noStrategyByName] },
  },
  {
    files: ["components/istio-mesh.ts"],
    rules: { "no-restricted-syntax": ["error", noResourceInApply, defaultsLiveInArgs] },
  },
  {
    // The types of @dagrejs/dagre do not resolve as an ECMAScript module.
    files: ["cli/formats/svg.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      // A test that would print "undefined", or that looks too carefully, fails by what it expects.
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/require-await": "off",
      // They run the code of the documentation.
      "@typescript-eslint/no-implied-eval": "off",
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
