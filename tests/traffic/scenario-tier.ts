import { missingOnMachine } from "./missing-parts";
import { describeUnlessMissing } from "./tier";
import { type TrafficWorld, startTrafficWorld } from "./traffic-world";

/** Tests in a world with a network. */
export function describeTraffic(title: string, body: (world: () => TrafficWorld) => void): void {
  describeUnlessMissing(title, missingOnMachine(), (failed) => {
    let started: TrafficWorld | undefined;
    before(async () => {
      started = await startTrafficWorld();
    });
    after(async () => {
      await started?.close({ keepLogs: failed() });
      if (failed()) process.stdout.write(`      logs are kept in ${String(started?.world.folder)}\n`);
    });
    body(() => {
      if (started === undefined) throw new Error("the world did not start");
      return started;
    });
  });
}
