/** The page's style sheet. Rows are of one height, which the script reads: it draws only those that can be seen. */
export const STYLE = `
:root {
  --ground: #ffffff; --raised: #f4f5f7; --line: #c9ced6; --text: #1b1f24; --dim: #4d5662;
  --good: #0b6b2e; --bad: #b3141e; --bad-ground: #fdecec; --bad-hover: #fadada; --skip: #5a6472; --link: #0a4fb0;
  font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --raised: #1e2329; --line: #3c444e; --text: #e8ebef; --dim: #b2bac4;
    --good: #62d38a; --bad: #ff8d8d; --bad-ground: #3a1d20; --bad-hover: #4a2428; --skip: #a7b0bb; --link: #8cbcff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; display: flex; flex-direction: column; height: 100vh; height: 100dvh; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; padding: .8rem 1rem .4rem; }
h1 { font-size: 1.25rem; margin: 0; }
header p { margin: 0; color: var(--dim); }
dl { display: flex; flex-wrap: wrap; gap: 0 1.2rem; margin: 0 0 0 auto; }
.n { display: flex; flex-direction: row-reverse; gap: .35rem; }
.n dd { margin: 0; font-weight: 700; }
.n.failed dd, .n.unverified dd { color: var(--bad); } .n.verified dd { color: var(--good); }
main { display: flex; flex-direction: column; min-height: 0; flex: 1; padding: 0 1rem .6rem; }
ul.unverified { margin: .3rem 0; padding: .45rem .6rem .45rem 1.6rem; border-left: 3px solid var(--bad); background: var(--bad-ground); overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: end; padding: .5rem 0 .7rem; }
label { display: flex; flex-direction: column; gap: .2rem; font-size: .85rem; color: var(--dim); }
input, select, button {
  font: inherit; color: var(--text); background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; padding: .3rem .55rem; min-height: 2.3rem;
}
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
output { color: var(--dim); padding-bottom: .4rem; }
#frame { flex: 0 1 auto; min-height: 8rem; overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; }
#matrix { table-layout: fixed; width: 100%; min-width: calc(73.6rem + var(--checks) * 2.1rem + var(--owners) * 12rem); }
#heads th:first-child { width: 18rem; } #heads .engines { width: 9rem; } #heads :is(.ends, .used) { width: 7.6rem; } #heads .verdict { width: 6rem; } #heads .of { width: 12rem; } #heads .c { width: 2.1rem; }
td:is(.engines, .ends, .used, .arn) { color: var(--text); }
td:is(.of, .verdict, .engines, .ends, .used, .arn) { overflow: hidden; text-overflow: ellipsis; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--raised); border-bottom: 1px solid var(--line);
  padding: .35rem .5rem; text-align: left; vertical-align: bottom; font-size: .85rem;
}
thead th.c { text-align: center; font-weight: 500; padding: .5rem .2rem .4rem; }
th.c span { writing-mode: vertical-rl; transform: rotate(180deg); display: inline-block; }
#matrix th:first-child { left: 0; position: sticky; }
thead th:first-child { z-index: 2; }
tbody th, tbody td { height: 2.1rem; padding: 0 .5rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th { background: var(--ground); text-align: left; font-weight: 400; z-index: 1; }
tbody tr:hover :is(th, td) { background: var(--raised); } tbody tr.failed:hover :is(th, td) { background: var(--bad-hover); }
tbody tr[aria-rowindex] { cursor: pointer; }
tbody td.c { text-align: center; padding: 0; }
tbody tr.failed th, tbody tr.failed td { background: var(--bad-ground); }
tr.gap td { height: auto; padding: 0; border: 0; }
.sort { border: 0; background: none; padding: .1rem .2rem; min-height: 0; font-weight: inherit; font-size: inherit; text-align: left; }
.c .sort { padding: .3rem .1rem; }
th[aria-sort=ascending] .sort::after { content: '▲'; } th[aria-sort=descending] .sort::after { content: '▼'; }
.sort::after { font-size: .7em; margin-left: .2rem; } .c .sort::after { display: block; margin: 0; text-align: center; }
.sort:hover { text-decoration: underline; }
.copy { min-height: 0; padding: 0 .4rem; font-size: .8rem; margin-right: .4rem; } dialog .copy { float: right; min-height: 2.3rem; font-size: 1rem; }
.copying { position: fixed; opacity: 0; }
.name { color: var(--dim); margin-left: .5rem; text-decoration: none; display: inline-block; }
tbody th { overflow: hidden; text-overflow: ellipsis; }
#tip { position: fixed; z-index: 9; max-width: min(24rem, 92vw); padding: .4rem .6rem; border-radius: 6px; font-size: .85rem;
  color: var(--ground); background: var(--text); pointer-events: none; }
.role { border: 0; background: none; padding: 0 .2rem; min-height: 1.9rem; color: var(--link); text-decoration: underline;
  font-variant-numeric: tabular-nums; }
.role:focus-visible { outline-offset: -3px; }
.p, .verified { color: var(--good); } .f, .failed { color: var(--bad); } .s, .revoked { color: var(--skip); }
tr.failed { color: inherit; }
.f { font-weight: 700; }
.what { display: none; }
.legend { margin: .5rem 0 0; color: var(--dim); font-size: .85rem; } .legend span { margin-left: .8rem; }
.legend span:first-child { margin-left: 0; }
#none { margin: 0; padding: 2.2rem 1rem; text-align: center; color: var(--dim); }
#paper { display: none; }
dialog { width: min(46rem, 94vw); max-height: 88vh; overflow: auto; color: var(--text); background: var(--ground);
  border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; }
dialog::backdrop { background: rgb(0 0 0 / 55%); }
dialog h2 { font-size: 1.05rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
dialog h3, #paper h3 { font-size: .95rem; margin: .9rem 0 .3rem; }
dialog p { margin: 0 0 .6rem; color: var(--dim); }
.found { margin: 0; padding: 0; list-style: none; }
.found li { padding: .45rem .6rem; border-left: 3px solid var(--line); margin-bottom: .35rem; overflow-wrap: anywhere; }
.found li.fail { border-color: var(--bad); background: var(--bad-ground); }
.found b { display: block; }
.found .fix { display: block; margin-top: .2rem; color: var(--text); }
.close { float: right; }
@media (max-width: 44rem) {
  :root { font-size: 16px; }
  dl { margin-left: 0; } header { gap: .2rem 1rem; }
  form { gap: .4rem; } label { flex: 1 1 45%; } input, select { width: 100%; } form button { flex: 1 1 28%; }
  .c, .verdict, .of, .engines, .ends, .used, .arn, .name, .legend { display: none; }
  #matrix { min-width: 0; font-size: .84rem; }
  .what { display: table-cell; overflow: hidden; text-overflow: ellipsis; }
  tbody th { overflow: hidden; } .role { max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
  .kind { display: block; font-size: .72rem; line-height: 1; } .role { text-align: left; line-height: 1.1; }
  #heads th:first-child { width: 10.4rem; }
}
@media print {
  :root { --ground: #fff; --raised: #fff; --line: #999; --text: #000; --dim: #333; --good: #0b6b2e; --bad: #b3141e;
    --bad-ground: #fff; --bad-hover: #fff; --skip: #333; --link: #000; font-size: 9pt; }
  body { display: block; height: auto; } main { display: block; }
  form, dialog, #tip, .engines, .used, .arn, .sort::after { display: none; }
  #frame { overflow: visible; border: 0; }
  #matrix { table-layout: auto; min-width: 0; } #heads th:is(:first-child, .verdict, .of, .ends, .c) { width: auto; }
  .sort { padding: 0; }
  thead th, #matrix th:first-child { position: static; }
  tbody th, tbody td { height: auto; padding: .1rem .3rem; } .role { min-height: 0; padding: 0; }
  .role { text-decoration: none; }
  thead { display: table-header-group; } tr, li { break-inside: avoid; } h3 { break-after: avoid; }
  #paper { display: block; }
}
@media (prefers-reduced-motion: no-preference) { .role { scroll-margin: 4rem; } }
`;
