import { inCache } from "../build/cache";
import { freePort } from "../test-env/port";
import type { Site } from "../test-env/site";

/** Starts moto, which plays AWS, and returns its port. */
export async function startMoto(site: Site): Promise<number> {
  const port = await freePort();
  const moto = site.start("moto", [inCache("moto", "bin", "moto_server"), "-H", "127.0.0.1", "-p", String(port)], {
    // A requested certificate is issued after this many seconds.
    environment: { MOTO_ACM_VALIDATION_WAIT: "1" },
  });
  await moto.answers(async () => (await fetch(`http://127.0.0.1:${port}/moto-api/data.json`)).ok);
  return port;
}
