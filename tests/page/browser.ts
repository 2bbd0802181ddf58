import { accessSync, constants, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, type Page, chromium } from "playwright-core";

/** A browser of this machine: the one that CHROMIUM names, else one on the PATH. None: undefined. */
export function chromiumPath(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM !== undefined) return CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  return PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function startBrowser(executablePath: string): Promise<Browser> {
  // Root, as on many CI machines, has no sandbox; the page is our own and the network is not used.
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
  return chromium.launch({ executablePath, args });
}

/** A page, opened from a file as a user would, and everything it asked for or complained of. */
export interface OpenedPage {
  readonly page: Page;
  readonly url: string;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

export async function openPage(
  browser: Browser,
  html: string,
  { folder, ...options }: BrowserContextOptions & { readonly folder: string },
): Promise<OpenedPage> {
  const file = join(folder, "plan.html");
  writeFileSync(file, html);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, url, requests, errors };
}
