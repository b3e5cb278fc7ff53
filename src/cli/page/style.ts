/** The one style of the page. Light and dark have the same roles; a colour never says what no mark and word says. */
export const style = `
:root{color-scheme:light dark;--ground:#fafafa;--card:#fff;--line:#e2e2e6;--text:#18181b;--dim:#5d5d66;--link:#2a46b8;
--error:#a61b1b;--error-ground:#fdecec;--warning:#7a4a00;--warning-ground:#fff4dc;--warning-line:#e3bd6b;--info:#2a46b8;--info-ground:#eef2ff;--focus:#4456d8}
@media (prefers-color-scheme:dark){:root{--ground:#0c0c0f;--card:#141418;--line:#2b2b32;--text:#ececf0;--dim:#a3a3ad;--link:#a9b8ff;
--error:#ff9a94;--error-ground:#331516;--warning:#f5c565;--warning-ground:#2a210f;--warning-line:#6d571f;--info:#a9b8ff;--info-ground:#191d33;--focus:#8c9bff}}
*{box-sizing:border-box}
html{scroll-padding-top:4rem}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.5 system-ui,sans-serif}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
[hidden]{display:none!important}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;z-index:9;background:var(--card);padding:.5rem 1rem}
code,pre{font:12.5px/1.5 ui-monospace,Menlo,Consolas,monospace}
small{color:var(--dim);font-size:12px;font-weight:400}
header{position:sticky;top:0;z-index:5;display:flex;gap:.5rem 1.5rem;align-items:center;padding:.6rem 1.5rem;background:var(--card);border-bottom:1px solid var(--line)}
nav{display:flex;gap:1.1rem;white-space:nowrap;overflow-x:auto}
nav a{color:var(--dim);text-decoration:none;padding:.2rem 0}
nav a:hover{color:var(--text);text-decoration:underline}
.search{position:relative;margin-left:auto;width:20rem;max-width:100%}
.search input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:.35rem .7rem}
#results{position:absolute;top:110%;right:0;width:100%;min-width:min(20rem,90vw);max-height:70vh;overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:6px;box-shadow:0 8px 24px #0003}
#results:empty{display:none}
#results a,#results p{display:block;margin:0;padding:.35rem .7rem;text-decoration:none;color:inherit;overflow-wrap:anywhere}
#results a:hover,#results a:focus{background:var(--info-ground)}
main{max-width:100rem;margin:0 auto;padding:1.2rem 1.5rem 2rem}
section{margin-top:1.4rem;background:var(--card);border:1px solid var(--line);border-radius:8px}
section>:not(.scroller,.bar,.timeline){margin-left:1rem;margin-right:1rem}
section>.bar{padding:0 1rem}
h1{font-size:1.45rem;margin:0}
h2{font-size:1.05rem;margin:.8rem 0}
.headline{display:flex;flex-wrap:wrap;gap:1rem 3rem;align-items:flex-end;justify-content:space-between}
.headline p{margin:.2rem 0 0;color:var(--dim)}
.figures{display:flex;flex-wrap:wrap;gap:.6rem 1.8rem;margin:0}
.figures div{display:flex;flex-direction:column-reverse}
.figures dt{color:var(--dim);font-size:12px}
.figures dd{margin:0;font-size:1.35rem;font-weight:600;line-height:1.2}
.figures .error dd,.severity.error,.flag.error,.key.error{color:var(--error)}
.figures .warning dd,.severity.warning,.flag.warning,.legend .warning{color:var(--warning)}
.severity.info,.flag.info{color:var(--info)}
.severity{font-weight:600;white-space:nowrap}
.bar{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:center;justify-content:space-between}
.filters{display:flex;gap:.4rem;margin:.6rem 0}
button{font:inherit;font-size:13px;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem;cursor:pointer}
button[aria-pressed=true]{background:var(--text);color:var(--card)}
.scroller{position:relative;overflow:auto;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
table{border-collapse:separate;border-spacing:0;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem}
th small,td small{display:block}
thead th{white-space:nowrap}
.matrix thead th{border-bottom:1px solid var(--line);vertical-align:bottom}
.matrix th:first-child{position:sticky;left:0;z-index:1;background:var(--card);padding-left:1rem}
.matrix tbody+tbody .category th{border-top:1px solid var(--line)}
.category th{color:var(--dim);font-size:12px;font-weight:400;padding-top:.6rem}
.matrix td{min-width:10rem}
.cell{display:block;padding:.15rem .4rem;margin:-.15rem -.4rem;border:1px solid transparent;border-radius:6px;color:inherit;text-decoration:none;white-space:nowrap}
.cell:hover{border-color:var(--focus)}
.cell .mark,.cell .letter{color:var(--dim);font-weight:400}
.cell .below{display:flex;gap:.45rem;font-size:12px;color:var(--dim);min-height:1.5em}
.cell .day+.flag{margin-left:auto}
.differs .cell{background:var(--warning-ground);border-color:var(--warning-line)}
.differs .mark,.differs .letter,.differs .below b{color:var(--warning);font-weight:600}
.missing>.missing{display:inline-block;border:1px dashed var(--warning-line);border-radius:6px;padding:0 .4rem;color:var(--warning)}
.absent{color:var(--dim)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;color:var(--dim);font-size:12px}
.window{height:min(70vh,46rem)}
.window .sheet{position:relative}
.window .columns{position:sticky;top:0;z-index:3;background:var(--card);border-bottom:1px solid var(--line)}
.window .line{position:absolute;left:0}
.window .row-name{position:sticky;left:0;z-index:2;display:block;height:100%;background:var(--card);padding:.2rem .6rem .2rem 1rem;border-right:1px solid var(--line);overflow:hidden;white-space:nowrap;font-weight:600}
.window .row-name small{display:block}
.window .at{position:absolute;top:0;height:100%;padding:.25rem .7rem;overflow:hidden;white-space:nowrap}
.window .at small{display:block}
#details{border:0;margin:0;background:none}
.detail{display:none;position:fixed;z-index:4;top:4.2rem;right:1rem;bottom:1rem;width:35rem;max-width:calc(100vw - 2rem);overflow:auto;margin:0!important;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:10px;box-shadow:0 12px 40px #0004}
.detail:target,.detail.open{display:block}
.detail:focus-visible{outline-width:1px;outline-offset:0}
.detail code{font-size:12px}
.detail h3{margin:0;font-size:1.2rem;overflow-wrap:anywhere;padding-right:4rem}
.detail .over{margin:0 4rem 0 0;color:var(--dim);font-size:12.5px;overflow-wrap:anywhere}
.detail .close{position:absolute;top:1rem;right:1.2rem}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
.chips span{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:0 .5rem;font-size:12px}
.note{margin:.4rem 0;padding:.4rem .7rem;border-radius:6px;background:var(--info-ground);overflow-wrap:anywhere}
.note.error{background:var(--error-ground)}
.note.warning{background:var(--warning-ground)}
.detail dl{display:grid;grid-template-columns:minmax(5rem,max-content) 1fr;margin:.8rem 0 0}
.detail dt,.detail dd{margin:0;padding:.4rem 0;border-top:1px solid var(--line)}
.detail dt{color:var(--dim);padding-right:.9rem;max-width:9rem;overflow-wrap:anywhere}
.detail dd{overflow-wrap:anywhere;min-width:0}
.detail .lead{color:var(--dim)}
.detail pre{margin:0;max-height:16rem;overflow:auto;white-space:pre}
.copy{margin-left:.4rem;padding:0 .35rem;font-size:11px;color:var(--dim)}
.findings td:first-child{padding-left:1rem}
.findings tbody td{border-top:1px solid var(--line)}
.findings td:nth-child(2){min-width:22rem;overflow-wrap:anywhere}
.rule{color:var(--dim)}
.cut{color:var(--dim)}
figure{margin:0;padding:.5rem 0}
svg{display:block;width:100%;max-width:48rem;margin:0 auto}
svg text{font:13px system-ui,sans-serif;fill:var(--text)}
svg line{stroke:var(--dim);stroke-width:1.5}
svg line.one{stroke-dasharray:5 5}
svg line.across{stroke:var(--error)}
svg text.across{fill:var(--error);font-weight:700}
svg .node rect,svg .node circle{fill:var(--text);stroke:var(--card);stroke-width:2}
figcaption{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;justify-content:center;color:var(--dim);font-size:12px}
.connections{columns:26rem;padding-left:1.2rem}
.timeline{list-style:none;margin:0;padding:0}
.timeline>li{padding:.5rem 1rem;border-top:1px solid var(--line)}
.timeline>li:target{background:var(--info-ground)}
.timeline p{margin:0}
.timeline .by{color:var(--dim)}
.timeline ul{margin:.2rem 0 0;padding-left:1.2rem;list-style:none}
.timeline .value{display:inline-block;margin-left:.8rem;color:var(--dim);overflow-wrap:anywhere}
footer{padding:0 1.5rem 2rem;color:var(--dim);font-size:12px;text-align:center}
@media (min-width:80rem){body:has(.detail:target,.detail.open) main{margin-right:36rem}}
@media (max-width:60rem){header{flex-wrap:wrap;padding:.5rem 1rem}.search{order:2;margin-left:0;width:auto;flex:1}nav{order:3;width:100%}main{padding:1rem .8rem}html{scroll-padding-top:6.5rem}
.detail{top:auto;left:.5rem;right:.5rem;bottom:.5rem;width:auto;max-width:none;max-height:75vh}.figures{gap:.5rem 1.2rem}}
@media (max-width:40rem){.detail dl{display:block}.detail dt{padding-bottom:0}.detail dd{border:0;padding-top:0}.findings thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.findings td{display:block;padding:.2rem 1rem}.findings tbody td+td{border:0}.findings td:nth-child(2){min-width:0}.findings td code{overflow-wrap:anywhere}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{header,.filters,.copy,.close,.skip,.legend button{display:none!important}body{background:#fff;color:#000;font-size:10pt}main{margin:0!important;max-width:none;padding:0}
section{border:0;break-inside:auto}.scroller{overflow:visible;border:0}.matrix th:first-child{position:static}tr,li{break-inside:avoid}
.detail:target,.detail.open{position:static;width:auto;max-width:none;box-shadow:none}.detail pre{max-height:none;white-space:pre-wrap}}
`;
