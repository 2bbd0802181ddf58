/**
 * What the page does: a chosen box shows its resources beside the picture and everything it waits for or that waits
 * for it; words narrow both down. Without it the page is whole, only less handy.
 */
export const script = `
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const picture = document.querySelector(".picture"), chosen = document.getElementById("chosen"), find = document.getElementById("find");
const boxes = all(".box", picture), arrows = all(".arrow", picture), places = all("details.resource");
const before = new Map(), after = new Map();
for (const { dataset: { from, to } } of arrows) {
  before.set(to, [...(before.get(to) || []), from]);
  after.set(from, [...(after.get(from) || []), to]);
}
const reach = (name, steps, seen = new Set()) => {
  for (const next of steps.get(name) || []) if (!seen.has(next)) { seen.add(next); reach(next, steps, seen); }
  return seen;
};
const light = (names) => {
  for (const box of boxes) box.classList.toggle("faded", names !== undefined && !names.has(box.dataset.name));
  for (const arrow of arrows) arrow.classList.toggle("faded", names !== undefined && !(names.has(arrow.dataset.from) && names.has(arrow.dataset.to)));
};
const show = (name) => {
  for (const box of boxes) { const is = box.dataset.name === name; box.classList.toggle("chosen", is); box.setAttribute("aria-pressed", String(is)); }
  chosen.replaceChildren();
  if (name === undefined) return light();
  light(new Set([name, ...reach(name, before), ...reach(name, after)]));
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => show());
  chosen.append(close);
  for (const place of places) {
    if (place.dataset.box !== name) continue;
    const heading = document.createElement("h3");
    heading.textContent = place.querySelector("b").textContent;
    const kind = document.createElement("p");
    kind.textContent = place.querySelector("span").textContent;
    chosen.append(heading, kind, ...all(":scope > p, :scope > pre", place).map((part) => part.cloneNode(true)));
  }
};
const open = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place || !place.matches("details.resource")) return;
  place.open = true;
  show(place.dataset.box);
};
addEventListener("hashchange", open);
open();
for (const box of boxes) {
  const { name } = box.dataset;
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "button");
  box.setAttribute("aria-pressed", "false");
  const toggle = () => show(box.classList.contains("chosen") ? undefined : name);
  box.addEventListener("click", toggle);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle();
  });
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.value = ""; search(); show(); }
  if (event.key === "/" && document.activeElement !== find) { event.preventDefault(); find.focus(); }
});
const search = () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  const found = places.filter((place) => words.every((word) => place.textContent.toLowerCase().includes(word)));
  for (const place of places) place.hidden = !found.includes(place);
  light(words.length === 0 ? undefined : new Set(found.map((place) => place.dataset.box)));
  document.getElementById("found").textContent = words.length === 0 ? "" : found.length + " of " + places.length;
};
find.addEventListener("input", search);
document.getElementById("fit").addEventListener("change", ({ target }) => picture.classList.toggle("fit", target.checked));
// Buttons may not stand in an image.
picture.querySelector("svg").setAttribute("role", "group");
// A link in the panel shows the other resource there.
chosen.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place || !place.dataset.box) return;
  event.preventDefault();
  show(place.dataset.box);
});
let opened = [];
addEventListener("beforeprint", () => { opened = places.filter((place) => !place.open); for (const place of opened) place.open = true; });
addEventListener("afterprint", () => { for (const place of opened) place.open = false; });`;
