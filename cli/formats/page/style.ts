/** How the page looks: on a screen of any width, light or dark, and in print. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --ground: #fff; --raised: #f6f8fa; --line: #d1d9e0; --accent: #0969da;
  --warn-ground: #fff8c5; --warn-line: #d4a72c; --chosen: #ddf4ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9198a1; --ground: #0d1117; --raised: #161b22; --line: #3d444d; --accent: #4493f8;
    --warn-ground: #3b2e00; --warn-line: #9e7700; --chosen: #0c2d6b;
  }
}
* { box-sizing: border-box; }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--text); background: var(--ground); margin: 0 auto; max-width: 90rem; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; }
a { color: var(--accent); text-decoration: none; overflow-wrap: anywhere; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font: 12.5px/1.5 ui-monospace, monospace; }
pre { background: var(--raised); border-radius: 8px; margin: .4rem 0 0; padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { color: var(--quiet); display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .35rem 0 1rem; }
.facts b { color: var(--text); }
.warnings { background: var(--warn-ground); border: 1px solid var(--warn-line); border-radius: 8px; margin: 1rem 0; padding: .6rem 1rem .6rem 2rem; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; margin: 1rem 0 .6rem; }
input[type=search] { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; color: inherit; font: inherit; padding: .3rem .6rem; width: 20rem; max-width: 100%; }
.board { align-items: start; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.board:has(#chosen:not(:empty)) { grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); }
.picture { border: 1px solid var(--line); border-radius: 10px; overflow: auto; }
.picture svg { display: block; height: auto; min-width: 46rem; width: 100%; }
.picture.large svg { height: revert-layer; min-width: 0; width: revert-layer; }
#chosen:empty { display: none; }
#chosen { border: 1px solid var(--line); border-radius: 10px; max-height: 92vh; overflow: auto; padding: .9rem 1.1rem; position: sticky; top: 1rem; }
#chosen h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; } #chosen p { margin: .3rem 0; }
.box { cursor: pointer; } .box.chosen rect { fill: var(--chosen); } .faded { opacity: .18; }
.order { display: grid; gap: 0 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); }
.order ol { margin: 0; padding-left: 1.6rem; } .order li { border-left: 2px solid var(--line); padding: .1rem 0 .45rem .75rem; } .order li::marker { color: var(--quiet); }
details { border-bottom: 1px solid var(--line); padding: .45rem 0; scroll-margin: 1rem; } details:target { background: var(--chosen); }
summary { cursor: pointer; overflow-wrap: anywhere; } summary span { color: var(--quiet); }
@media (prefers-color-scheme: dark) {
  .band { fill: var(--raised) !important; } .box rect { fill: var(--ground) !important; stroke: var(--line) !important; }
  .box text { fill: var(--text) !important; } .box .kind { fill: var(--quiet) !important; }
  .box.slow rect { stroke: var(--accent) !important; } .box.chosen rect { fill: var(--chosen) !important; } .arrow.slow { stroke: var(--accent) !important; }
}
@media (max-width: 60rem) { .board:has(#chosen:not(:empty)) { grid-template-columns: minmax(0, 1fr); } }
@media print {
  body { max-width: none; padding: 0; } .tools, #chosen { display: none; } .picture { border: 0; overflow: visible; } .picture svg { min-width: 0; }
  .board { display: block; } details, li { break-inside: avoid; }
}`;
