// Writes the pictures of the page in the docs: the top of the plan of Pulumi.dev.yaml, and what happens when.
import { join } from "node:path";
import { runPlan } from "../../cli/plan/plan-command";
import { inFolder } from "../support/plans";
import { chromiumPath, openPage, startBrowser } from "./browser";

async function main(): Promise<void> {
  const path = chromiumPath();
  if (path === undefined) throw new Error("no Chromium on the PATH");
  const browser = await startBrowser(path);
  const html = await runPlan({
    ...{ config: "Pulumi.dev.yaml", format: "html", destroy: false, colours: false },
    ...{ output: undefined, facts: undefined },
  });
  await inFolder(async (folder) => {
    const { page } = await openPage(browser, html, { folder, viewport: { width: 1400, height: 900 } });
    await page.screenshot({ path: join("docs", "plan-page.png") });
    await page.locator(".stepped").screenshot({ path: join("docs", "plan-page-timeline.png") });
    await page.locator(".box[data-name=mesh-istiod]").click();
    await page.getByRole("tab", { name: "Helm values" }).click();
    await page.locator(".board").screenshot({ path: join("docs", "plan-page-order.png") });
  });
  await browser.close();
}

void main();
