import { panelScript } from "./panel";

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
// Choice, search and size stand in the address, so that a link shows the same to others.
let choice, size = 1;
const remember = () => {
  const state = new URLSearchParams();
  if (choice !== undefined) state.set("box", choice);
  if (find.value !== "") state.set("find", find.value);
  if (size !== 1) state.set("size", size.toFixed(2));
  history.replaceState(null, "", "#" + state);
};
const show = (name) => {
  choice = name;
  for (const box of boxes) { const is = box.dataset.name === name; box.classList.toggle("chosen", is); box.setAttribute("aria-pressed", String(is)); }
  chosen.replaceChildren();
  if (name === undefined) return light();
  light(new Set([name, ...reach(name, before), ...reach(name, after)]));
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => choose());
  chosen.append(close, tabs(places.filter((place) => place.dataset.box === name)));
};
${panelScript}
const choose = (name) => { show(name); remember(); };
const open = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place || !place.matches("details.resource")) return false;
  place.open = true;
  show(place.dataset.box);
  return true;
};
// No smaller than that its smallest text has ten pixels.
const svg = picture.querySelector("svg"), width = svg.viewBox.baseVal.width;
const least = 10 / Math.min(...all("text", svg).map((text) => parseFloat(getComputedStyle(text).fontSize)));
const scale = (to, at = picture.clientWidth / 2) => {
  const middle = (picture.scrollLeft + at) / size;
  size = Math.min(4, Math.max(least, to));
  svg.style.width = width * size + "px";
  picture.scrollLeft = middle * size - at;
  remember();
};
for (const box of boxes) {
  const { name } = box.dataset;
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "button");
  box.setAttribute("aria-pressed", "false");
  const toggle = () => choose(name === choice ? undefined : name);
  box.addEventListener("click", toggle);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle();
  });
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find.value = ""; search(); choose(); }
  if (event.key === "/" && document.activeElement !== find) { event.preventDefault(); find.focus(); }
});
const search = () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  const found = places.filter((place) => words.every((word) => place.textContent.toLowerCase().includes(word)));
  for (const place of places) place.hidden = !found.includes(place);
  light(words.length === 0 ? undefined : new Set(found.map((place) => place.dataset.box)));
  document.getElementById("found").textContent = words.length === 0 ? "" : found.length + " of " + places.length;
};
find.addEventListener("input", () => { search(); remember(); });
document.getElementById("smaller").addEventListener("click", () => scale(size / 1.25));
document.getElementById("larger").addEventListener("click", () => scale(size * 1.25));
document.getElementById("fit").addEventListener("click", () => scale(picture.clientWidth / width));
picture.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  scale(size * Math.exp(-event.deltaY / 300), event.clientX - picture.getBoundingClientRect().left);
}, { passive: false });
picture.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || event.target.closest(".box")) return;
  picture.setPointerCapture(event.pointerId);
  picture.classList.add("dragged");
});
picture.addEventListener("pointermove", (event) => {
  if (picture.classList.contains("dragged")) picture.scrollBy(-event.movementX, -event.movementY);
});
for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => picture.classList.remove("dragged"));
// The number of a wave stays where one scrolls to.
picture.addEventListener("scroll", () => { for (const label of all(".wave", svg)) label.setAttribute("transform", "translate(" + picture.scrollLeft / size + ")"); });
// Buttons may not stand in an image.
svg.setAttribute("role", "group");
// A link in the panel shows the other resource there.
chosen.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place || !place.dataset.box) return;
  event.preventDefault();
  choose(place.dataset.box);
});
addEventListener("hashchange", open);
if (!open()) {
  const state = new URLSearchParams(location.hash.slice(1));
  find.value = state.get("find") || "";
  search();
  if (boxes.some((box) => box.dataset.name === state.get("box"))) show(state.get("box"));
  if (Number(state.get("size")) > 0) scale(Number(state.get("size")));
}
// A few pages for a review: Helm values, and of every other resource its line.
let opened = [];
addEventListener("beforeprint", () => { opened = places.filter((place) => !place.open && place.querySelector('[data-tab="Helm values"]')); for (const place of opened) place.open = true; });
addEventListener("afterprint", () => { for (const place of opened) place.open = false; });`;
