/** How the page looks: on a screen of any width, light or dark, and in print. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --ground: #fff; --raised: #f6f8fa; --line: #d1d9e0; --accent: #0969da;
  --warn-ground: #fff8c5; --warn-line: #d4a72c; --chosen: #ddf4ff; --alarm: #b62324; --bar: #818b98;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9198a1; --ground: #0d1117; --raised: #161b22; --line: #3d444d; --accent: #4493f8;
    --warn-ground: #3b2e00; --warn-line: #9e7700; --chosen: #0c2d6b; --alarm: #ff7b72; --bar: #656c76;
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
.lane { border: 1px solid var(--line); border-radius: 10px; margin: .6rem 0; padding: .6rem 1rem; }
.lane h3, .card h3 { font-size: 1rem; margin: 0 0 .4rem; } .lane h4 { color: var(--quiet); font-size: .8rem; font-weight: 600; margin: 0; }
.lane ol { display: flex; flex-wrap: wrap; gap: .6rem 2rem; list-style: none; margin: 0; padding: 0; }
.lane ol > li { background: var(--raised); border-radius: 8px; flex: 1 1 11rem; min-width: 0; overflow-wrap: anywhere; padding: .5rem .75rem; position: relative; }
.lane ol > li + li::before { color: var(--quiet); content: "\\2192" / ""; left: -1.55rem; position: absolute; top: .4rem; }
.lane p, .lane ul { margin: .2rem 0; } .lane ul { padding-left: 1rem; } .lane .open, .alarming h3 { color: var(--alarm); font-weight: 600; }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: 0; padding: 0; } .chips li { border: 1px solid var(--line); border-radius: 8px; padding: .1rem .6rem; }
.chips small { color: var(--quiet); font-size: .8rem; }
.cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); }
.card { border: 1px solid var(--line); border-radius: 10px; padding: .6rem 1rem; } .card.alarming { border-color: var(--alarm); }
.card ul { margin: 0; overflow-wrap: anywhere; padding-left: 1rem; }
mark { background: var(--warn-ground); color: inherit; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; margin: 1rem 0 .6rem; }
input[type=search] { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; color: inherit; font: inherit; padding: .3rem .6rem; width: 20rem; max-width: 100%; }
.picture { border: 1px solid var(--line); border-radius: 10px; overflow: auto; }
.picture svg { display: block; height: auto; max-width: none; } .picture.dragged { cursor: grabbing; user-select: none; }
.zoom button { font: inherit; min-height: 28px; min-width: 28px; margin-right: .25rem; padding: .1rem .6rem; }
#chosen:empty { display: none; }
#chosen { background: var(--ground); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 4px 16px #0005; max-height: 80vh; max-width: calc(100vw - 2rem); overflow: auto; padding: .9rem 1.1rem; position: fixed; right: 1rem; bottom: 1rem; width: 26rem; }
#chosen button { float: right; font: inherit; min-height: 24px; padding: .1rem .7rem; position: sticky; top: 0; }
#chosen h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; } #chosen p { margin: .3rem 0; }
.box { cursor: pointer; } .box.chosen rect { fill: var(--chosen); } .faded { opacity: .18; }
#chosen [role=tablist] { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0 0 .6rem; } #chosen [role=tablist] button { float: none; position: static; }
#chosen [aria-selected=true] { background: var(--chosen); border-color: var(--accent); }
.switch { border: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .6rem; padding: 0; } .switch legend { float: left; margin-right: 1.25rem; padding: 0; }
.switch input { height: 20px; margin: 0 .4rem 0 0; vertical-align: -4px; width: 20px; } .steps { display: none; } .steps h3 { display: none; }
.stepped:has([value=create]:checked) [data-steps=create], .stepped:has([value=destroy]:checked) [data-steps=destroy], .stepped:has([value=change]:checked) [data-steps=change] { display: block; }
.timeline a, .waves a { text-decoration: underline; }
.timeline { list-style: none; margin: .6rem 0; padding: 0; } .timeline li { align-items: center; display: grid; gap: .75rem; grid-template-columns: minmax(8rem, 24rem) minmax(4rem, 1fr) 9rem; padding: .1rem 0; }
.timeline .track { background: var(--raised); border-radius: 4px; display: block; height: 12px; } .timeline .took { color: var(--quiet); font-size: .85rem; }
.timeline .bar { background: var(--bar); border-radius: 4px; display: block; height: 12px; margin-left: var(--start); min-width: 3px; width: var(--length); } .critical .bar { background: var(--accent); }
.waves { margin: 0; padding-left: 1.6rem; } .waves li { border-left: 2px solid var(--line); padding: .1rem 0 .45rem .75rem; } .waves li::marker { color: var(--quiet); }
h3 small { color: var(--quiet); font-weight: 400; } .resource h4 { color: var(--quiet); font-size: .8rem; margin: .6rem 0 0; }
details { border-bottom: 1px solid var(--line); padding: .45rem 0; scroll-margin: 1rem; } details:target { background: var(--chosen); }
summary { cursor: pointer; overflow-wrap: anywhere; } summary span { color: var(--quiet); }
@media (prefers-color-scheme: dark) {
  .band { fill: var(--raised) !important; } .box rect { fill: var(--ground) !important; stroke: var(--line) !important; }
  .box text { fill: var(--text) !important; } .box .kind { fill: var(--quiet) !important; }
  .box.slow rect { stroke: var(--accent) !important; } .box.chosen rect { fill: var(--chosen) !important; } .arrow.slow { stroke: var(--accent) !important; }
}
@media (max-width: 700px) {
  .board .picture, .zoom, .hint { display: none; } .timeline li { gap: .1rem .75rem; grid-template-columns: 1fr 7rem; } .timeline .track { grid-row: 2; grid-column: 1 / -1; }
}
@media print {
  @page { margin: 12mm; }
  body { font-size: 10px; line-height: 1.35; max-width: none; padding: 0; } code, pre { font-size: 8px; line-height: 1.3; } h1 { font-size: 1.4rem; } h2 { margin: 1rem 0 .3rem; }
  .tools, .switch, #chosen { display: none; } .steps, .steps h3 { display: block; }
  .picture { border: 0; overflow: visible; } .picture svg { height: auto !important; max-height: 250mm; width: 100% !important; }
  .resources { columns: 2; } .resource [data-tab]:not([data-tab='Helm values']), .resource h4 { display: none; } details { padding: .15rem 0; } pre { margin: .1rem 0 0; padding: .2rem .4rem; } li, .card, .lane, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
}`;
