import assert from "node:assert/strict";
import { htmlText } from "../../cli/formats/html";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { inFolder, planOfWholeMesh } from "../support/plans";
import { violations } from "./accessibility";
import { type OpenedPage, chromiumPath, openPage, startBrowser } from "./browser";

const appearances: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "on a telephone": { viewport: { width: 390, height: 800 } },
};

describe("the page of a plan, in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    const path = chromiumPath();
    if (path !== undefined) {
      browser = await startBrowser(path);
      return;
    }
    if (process.env["REQUIRE_PAGE"] === "1") assert.fail("no Chromium on the PATH, and REQUIRE_PAGE is set");
    console.log("    skipped: it needs Chromium on the PATH, or its path in CHROMIUM");
    this.skip();
  });
  after(() => browser?.close());

  /** Looks at the page of a whole mesh; whatever is done there, nothing may go wrong and nothing be loaded. */
  async function look(see: (opened: OpenedPage) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
    const plan = await planOfWholeMesh({ mode: "ambient", strategy: "nlb", routing: "gateway-api" });
    await inFolder(async (folder) => {
      const opened = await openPage(browser, htmlText(plan), { folder, ...options });
      await see(opened);
      assert.deepEqual(opened.errors, []);
      assert.deepEqual(new Set(opened.requests.map((url) => url.replace(/#.*/, ""))), new Set([opened.url]));
      await opened.page.context().close();
    });
  }

  const box = (page: Page, name: string) => page.locator(`.box[data-name="mesh-${name}"]`);
  const faded = (page: Page) => page.locator(".box.faded").count();

  it("shows a chosen box's inputs beside the picture, and lights what it waits for and what waits for it", () =>
    look(async ({ page }) => {
      await box(page, "istiod").click();
      const chosen = page.locator("#chosen");
      assert.match(await chosen.innerText(), /mesh-istiod[^]*chart istiod/);
      assert.ok((await faded(page)) > 0);
      for (const lit of ["istiod", "base", "ztunnel"]) {
        assert.ok(!(await box(page, lit).getAttribute("class"))?.includes("faded"), lit);
      }
      assert.ok((await box(page, "security-group-istio-ingress").getAttribute("class"))?.includes("faded"));
      await chosen.getByRole("button", { name: "Close" }).click();
      assert.equal(await chosen.innerText(), "");
      assert.equal(await faded(page), 0);
    }));

  it("has a tab for each part of a resource, by mouse and by keys, and keeps it for the next box", () =>
    look(async ({ page }) => {
      await box(page, "istiod").click();
      const chosen = page.locator("#chosen");
      const tabs = chosen.getByRole("tab");
      assert.deepEqual(await tabs.allInnerTexts(), ["Summary", "Helm values", "Inputs", "Waits for"]);
      await tabs.filter({ hasText: "Helm values" }).click();
      assert.match(await chosen.getByRole("tabpanel").innerText(), /autoscaleMin: 2/);
      await page.keyboard.press("ArrowRight");
      assert.match(await chosen.getByRole("tabpanel").innerText(), /chart: istiod/);
      assert.equal(await tabs.filter({ hasText: "Inputs" }).getAttribute("aria-selected"), "true");
      await page.keyboard.press("ArrowLeft");
      await box(page, "base").click();
      assert.equal(await tabs.filter({ hasText: "Helm values" }).getAttribute("aria-selected"), "true");
      await tabs.filter({ hasText: "Waits for" }).click();
      await chosen.getByRole("link", { name: "mesh-namespace-istio-system" }).click();
      assert.match(await chosen.innerText(), /mesh-namespace-istio-system/);
    }));

  it("copies Helm values", () =>
    look(
      async ({ page }) => {
        await box(page, "istiod").click();
        await page.getByRole("tab", { name: "Helm values" }).click();
        await page.getByRole("button", { name: "Copy" }).click();
        await page.getByRole("button", { name: "Copied" }).waitFor();
        const copied = await page.evaluate<string>("navigator.clipboard.readText()");
        assert.match(copied, /^autoscaleEnabled: true\nautoscaleMax: 5/);
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    ));

  it("shows what happens on create or on destroy, as the reader chooses", () =>
    look(async ({ page }) => {
      const shown = () => page.locator(".steps:visible").allInnerTexts();
      assert.match((await shown()).join("|"), /^About \d+ minutes on AWS[^|]*$/);
      await page.getByRole("radio", { name: "Destroy" }).check();
      assert.match((await shown()).join("|"), /^First the cleanup, alone[^|]*$/);
    }));

  it("has a list and no picture where there is no room for one", () =>
    look(
      async ({ page }) => {
        assert.equal(await page.locator(".picture").isVisible(), false);
        assert.ok(await page.locator(".timeline li").first().isVisible());
        assert.ok(await page.locator("details.resource").first().isVisible());
      },
      { viewport: { width: 390, height: 800 } },
    ));

  it("leaves a chosen box where it is, and its text as large as it was", () =>
    look(async ({ page }) => {
      const place = () => box(page, "base").boundingBox();
      await box(page, "base").scrollIntoViewIfNeeded();
      const before = await place();
      await box(page, "base").click();
      assert.deepEqual(await place(), before);
      const sizes = await page.evaluate<readonly number[]>(
        '[...document.querySelectorAll(".box text, .lane *")].map((one) => parseFloat(getComputedStyle(one).fontSize))',
      );
      assert.ok(Math.min(...sizes) >= 12, String(Math.min(...sizes)));
    }));

  it("shows the lanes of requests at every width, and finds by two words", () =>
    look(
      async ({ page }) => {
        assert.ok(await page.locator(".lane .open").first().isVisible());
        await page.locator("#find").fill("release istiod");
        assert.ok((await page.locator("details.resource:visible").count()) > 0);
      },
      { viewport: { width: 390, height: 800 } },
    ));

  it("shows every resource of a box that holds several", () =>
    look(async ({ page }) => {
      await page.locator(".box", { hasText: "× inbound rule" }).first().click();
      assert.ok((await page.locator("#chosen h3").count()) > 2);
    }));

  it("can be used without a mouse", () =>
    look(async ({ page }) => {
      await box(page, "base").focus();
      await page.keyboard.press("Enter");
      assert.match(await page.locator("#chosen").innerText(), /mesh-base/);
      assert.equal(await box(page, "base").getAttribute("aria-pressed"), "true");
      await page.keyboard.press("/");
      await page.keyboard.type("ztunnel");
      assert.ok((await page.locator("details.resource:visible").count()) > 0);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("#chosen").innerText(), "");
      assert.equal(await page.locator("#find").inputValue(), "");
    }));

  for (const [title, options] of Object.entries(appearances)) {
    it(`breaks none of axe's rules for WCAG 2.2 AA, ${title}`, () =>
      look(async ({ page }) => {
        assert.deepEqual(await violations(page), []);
        await page.getByRole("radio", { name: "Destroy" }).check();
        if (await page.locator(".picture").isVisible()) await page.locator(".box").first().click();
        assert.deepEqual(await violations(page), []);
      }, options));
  }

  it("is as large as the reader wants it, and its text never under ten pixels", () =>
    look(async ({ page }) => {
      const width = async () => (await page.locator(".picture svg").boundingBox())?.width ?? 0;
      const before = await width();
      await page.getByRole("button", { name: "Larger" }).click();
      assert.ok(Math.abs((await width()) / before - 1.25) < 0.01);
      for (let clicks = 0; clicks < 12; clicks += 1) await page.getByRole("button", { name: "Smaller" }).click();
      const texts = await page.evaluate<readonly number[]>(
        "[...document.querySelectorAll('.picture text')].map((one) => one.getCTM().a * parseFloat(getComputedStyle(one).fontSize))",
      );
      assert.ok(Math.min(...texts) >= 9.99, String(Math.min(...texts)));
      await page.getByRole("button", { name: "Fit" }).click();
      assert.ok((await width()) >= before * 0.5);
    }));

  it("is moved by dragging", () =>
    look(
      async ({ page }) => {
        const picture = page.locator(".picture");
        const place = await picture.boundingBox();
        assert.ok(place !== null);
        const scrolled = () => page.evaluate<number>("document.querySelector('.picture').scrollLeft");
        await page.getByRole("button", { name: "Larger" }).click();
        const before = await scrolled();
        await picture.hover({ position: { x: place.width - 4, y: 4 } });
        await page.mouse.down();
        await page.mouse.move(place.x + place.width - 104, place.y + 4, { steps: 4 });
        await page.mouse.up();
        assert.ok((await scrolled()) >= before + 90, `${before}, then ${await scrolled()}`);
        const label = await page.locator(".wave").first().boundingBox();
        assert.ok(label !== null && label.x > place.x && label.x < place.x + 40, `the wave's number at ${label?.x}`);
      },
      { viewport: { width: 760, height: 800 } },
    ));

  it("shows others the same by its address: the choice, the search, the size", () =>
    look(async ({ page, url }) => {
      await page.getByRole("button", { name: "Larger" }).click();
      await page.locator("#find").fill("release");
      await box(page, "istiod").click();
      const state = new URLSearchParams(new URL(page.url()).hash.slice(1));
      assert.deepEqual(Object.fromEntries(state), { box: "mesh-istiod", find: "release", size: "1.25" });
      const address = page.url();
      await page.goto("about:blank");
      await page.goto(address);
      assert.match(await page.locator("#chosen").innerText(), /mesh-istiod/);
      assert.equal(await page.locator("#find").inputValue(), "release");
      const ratio = await page.evaluate<number>("document.querySelector('.picture svg').getCTM().a");
      assert.ok(Math.abs(ratio - 1.25) < 0.01, String(ratio));
      await page.goto(url);
    }));

  it("finds by name, kind and value", () =>
    look(async ({ page }) => {
      const all = await page.locator("details.resource").count();
      for (const words of ["mesh-cleanup", "Helm release", "/healthz/ready"]) {
        await page.locator("#find").fill(words);
        const found = await page.locator("details.resource:visible").count();
        assert.ok(found > 0 && found < all, `${words}: ${found}`);
        assert.equal(await page.locator("#found").innerText(), `${found} of ${all}`);
      }
      await page.locator("#find").fill("no such thing");
      assert.equal(await page.locator("details.resource:visible").count(), 0);
    }));

  it("opens a resource that a link leads to, also one that came with the address", () =>
    look(async ({ page }) => {
      await page.locator(".timeline a", { hasText: "mesh-cleanup" }).first().click();
      const place = page.locator("details.resource[open]");
      assert.match(await place.innerText(), /mesh-cleanup[^]*KUBECTL: kubectl/);
      await page.evaluate(() => location.reload());
      await place.waitFor();
      assert.match(await page.locator("#chosen").innerText(), /mesh-cleanup/);
    }));

  it("fits every width without a bar below the page", async () => {
    for (const width of [390, 768, 1280, 1920]) {
      await look(
        async ({ page }) => {
          const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok((await beyond()) <= 0, `${width}: ${await beyond()}`);
          if (await page.locator(".picture").isVisible()) await box(page, "istiod").click();
          assert.ok((await beyond()) <= 0, `${width}, chosen: ${await beyond()}`);
        },
        { viewport: { width, height: 900 } },
      );
    }
  });

  it("is a few pages in print: Helm values open, what happens on create and on destroy, and no tools", () =>
    look(async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.locator("details.resource[open]", { hasText: "Helm release" }).count(), 4);
      assert.equal(await page.locator("details.resource[open]").count(), 4);
      assert.equal(await page.locator(".steps:visible").count(), 2);
      assert.equal(await page.locator(".tools, .switch").filter({ visible: true }).count(), 0);
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      assert.equal(await page.locator("details.resource[open]").count(), 0);
      const pages = /\/Type \/Pages[^]*?\/Count (\d+)/.exec((await page.pdf({ format: "A4" })).toString("latin1"))?.[1];
      assert.ok(Number(pages) >= 3 && Number(pages) <= 6, `${pages} pages`);
    }));

  it("is whole without its script", () =>
    look(
      async ({ page }) => {
        assert.ok((await page.locator(".box").count()) > 10);
        await page.locator("details.resource summary", { hasText: "mesh-base" }).click();
        assert.match(await page.locator("details.resource[open]").innerText(), /chart: base/);
      },
      { javaScriptEnabled: false },
    ));

  it("is dark where the reader wants it so, the picture too", async () => {
    const colours = async (colorScheme: "light" | "dark") => {
      let found: readonly string[] = [];
      await look(
        async ({ page }) => {
          const colour = (selector: string, property: string) =>
            page.evaluate<string>(`getComputedStyle(document.querySelector("${selector}")).${property}`);
          found = [await colour("body", "backgroundColor"), await colour(".box rect", "fill")];
        },
        { colorScheme },
      );
      return found;
    };
    assert.deepEqual(await colours("light"), ["rgb(255, 255, 255)", "rgb(255, 255, 255)"]);
    assert.deepEqual(await colours("dark"), ["rgb(13, 17, 23)", "rgb(13, 17, 23)"]);
  });
});
