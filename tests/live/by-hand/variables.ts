import type { TestEnv } from "../test-env/test-env";

/** The variables of a shell beside a test environment. */
export function variablesOf({ environment, repository }: TestEnv): Readonly<Record<string, string>> {
  const { chartRepository, gatewayApiManifest } = repository;
  return { ...environment, CHART_REPOSITORY: chartRepository, GATEWAY_API: gatewayApiManifest };
}
