/** The panel beside the picture: tabs for the parts of the resources in the chosen box. Needs `all` of the page's script. */
export const panelScript = `// A tab for each part that a resource of the box has; the parts of one title stand below each other.
let tab;
const tabs = (shown) => {
  const bar = document.createElement("div"), body = document.createElement("div");
  bar.setAttribute("role", "tablist");
  body.setAttribute("role", "tabpanel");
  body.tabIndex = 0;
  const titles = ["Summary", ...new Set(shown.flatMap((place) => all("[data-tab]", place).map((part) => part.dataset.tab)))];
  const buttons = titles.map((title) => {
    const button = document.createElement("button");
    button.setAttribute("role", "tab");
    button.textContent = title;
    button.addEventListener("click", () => select(title));
    return button;
  });
  const select = (title) => {
    tab = title;
    buttons.forEach((button) => { const is = button.textContent === title; button.setAttribute("aria-selected", String(is)); button.tabIndex = is ? 0 : -1; });
    body.setAttribute("aria-label", title);
    body.replaceChildren(...shown.flatMap((place) => partOf(place, title)));
  };
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = buttons[(titles.indexOf(tab) + step + titles.length) % titles.length];
    next.click();
    next.focus();
  });
  bar.append(...buttons);
  select(titles.includes(tab) ? tab : "Summary");
  const whole = document.createElement("div");
  whole.append(bar, body);
  return whole;
};
const partOf = (place, title) => {
  const heading = document.createElement("h3");
  heading.textContent = place.querySelector("b").textContent;
  if (title === "Summary") {
    const kind = document.createElement("p");
    kind.textContent = place.querySelector("span").textContent;
    return [heading, kind];
  }
  const part = place.querySelector('[data-tab="' + title + '"]');
  if (!part) return [];
  const copies = all(":scope > pre, :scope > p", part).map((one) => one.cloneNode(true));
  return title === "Helm values" ? [heading, copier(part), ...copies] : [heading, ...copies];
};
const copier = (part) => {
  const button = document.createElement("button");
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(part.querySelector("pre").textContent);
    button.textContent = "Copied";
  });
  return button;
};`;
