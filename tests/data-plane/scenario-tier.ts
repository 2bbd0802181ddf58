import { missingOnMachine } from "./missing-parts";
import { describeUnlessMissing } from "./tier";
import { type TrafficEnv, startTrafficEnv } from "./traffic-env";

/** Tests in a test environment with a network. */
export function describeTraffic(title: string, body: (testEnv: () => TrafficEnv) => void): void {
  describeUnlessMissing(title, missingOnMachine(), (failed) => {
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
