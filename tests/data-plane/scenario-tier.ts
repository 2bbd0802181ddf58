import { missingForAmbient, missingOnMachine } from "./missing-parts";
import { describeUnlessMissing } from "./tier";
import { type TrafficEnv, startTrafficEnv } from "./traffic-env";

type Body = (testEnv: () => TrafficEnv) => void;

/** Tests in a test environment with a network. */
export function describeTraffic(title: string, body: Body): void {
  describeInTrafficEnv(title, missingOnMachine(), body);
}

/** The same with pods of ambient mode. */
export function describeAmbient(title: string, body: Body): void {
  describeInTrafficEnv(title, missingForAmbient(), body);
}

function describeInTrafficEnv(title: string, missing: readonly string[], body: Body): void {
  describeUnlessMissing(title, missing, (failed) => {
    let started: TrafficEnv | undefined;
    before(async () => {
      started = await startTrafficEnv();
    });
    after(async () => {
      await started?.close({ keepLogs: failed() });
      if (failed()) process.stdout.write(`      logs are kept in ${String(started?.testEnv.folder)}\n`);
    });
    body(() => {
      if (started === undefined) throw new Error("the test environment did not start");
      return started;
    });
  });
}
