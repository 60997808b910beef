// The style sheet of the report: light, dark, narrow and printed.
#include "style.hpp"

namespace throng {

namespace {
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2430;--soft:#5a6572;--line:#d5dbe2;--card:#f4f6f9;
--before:#7b8794;--after:#1769aa;--good:#18703f;--bad:#b3261e;--accent:#1769aa;
--s0:#e9edf1;--s1:#fbe3cf;--s2:#f6bd8b;--s3:#ea8c4a;--s4:#c04f12;--s5:#9c3607;
--m0:#e3e2de;--m1:#bcd9f1;--m2:#8bbde4;--m3:#5499d0;--m4:#2574b5;--m5:#0b4a86;--median:#d9722b;--shade:#0003}
@media (prefers-color-scheme:dark){:root{--paper:#12161c;--ink:#e6eaf0;--soft:#a3adba;--line:#323b47;
--card:#1b222b;--before:#95a1ae;--after:#62b0ee;--good:#5fce8d;--bad:#ff8a80;--accent:#7cc0f5;
--s0:#252d37;--s1:#4a3524;--s2:#74451f;--s3:#a6581d;--s4:#d97a36;--s5:#ffb27a;
--m0:#272b31;--m1:#2c5478;--m2:#3c78aa;--m3:#579fd7;--m4:#8ac6f5;--m5:#d3ebff;--median:#cf7535;--shade:#0009}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .3rem}
h2{font-size:1.3rem;margin:2.6rem 0 .4rem;padding-top:1rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.6rem 0 .3rem}
p{margin:.4rem 0 .8rem;max-width:46rem}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0;margin:.8rem 0}
.lead,.soft,figcaption,.caption{color:var(--soft)}
.verdict{border-left:.4rem solid var(--good);background:var(--card);padding:.9rem 1.1rem;margin:1.1rem 0;border-radius:.3rem}
.verdict.failed{border-color:var(--bad)}
.verdict strong{font-size:1.2rem}
.verdict p{margin:.25rem 0}
.passed{color:var(--good);font-weight:600}
.failed-word{color:var(--bad);font-weight:600}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr));gap:.8rem;margin:1rem 0}
.figures>div{background:var(--card);border-radius:.4rem;padding:.7rem .9rem}
.figures dt{color:var(--soft);font-size:.88rem}
.figures dd{margin:0}
.figures strong{display:block;font-size:1.45rem;line-height:1.3;font-variant-numeric:tabular-nums}
.figures span{font-size:.83rem;color:var(--soft);display:block;line-height:1.4}
figure{margin:1rem 0 1.4rem}
.wide td:first-child:not(.number){min-width:8rem}
.caption{margin:1rem 0 0}.caption+.wide{margin-top:.2rem}.filter+.wide{margin-top:.2rem}
figcaption,.caption{font-size:.88rem;padding:.2rem 0 .5rem;line-height:1.45}
.chart{width:100%;max-width:46rem;height:auto;display:block}
.chart text{fill:var(--ink);font-size:12px}
.chart .small{font-size:11px;fill:var(--soft)}
.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}
.bars{display:grid;grid-template-columns:fit-content(13rem) minmax(6rem,1fr) max-content;column-gap:.6rem;
max-width:46rem;margin-bottom:.5rem;align-items:center;font-size:.82rem;line-height:1.25}
.name{text-align:right;padding:.2rem 0}.span2{grid-row:span 2}.span2+.bar,.span2+.bar+.small{margin-top:.3rem}
.bar{width:100%;height:.78rem;display:block}
.bars .small{color:var(--soft);font-variant-numeric:tabular-nums}
.axis{fill:none;stroke:var(--line)}
.b0{fill:var(--before)}.b1{fill:var(--after)}
.one .b0{fill:var(--after)}
.risk .b0{fill:var(--s4)}
.line path{fill:none;stroke-width:2;stroke:currentColor}
.line circle{fill:currentColor}
.line{color:var(--after)}.line.before{color:var(--before)}.line.before path{stroke-dasharray:5 3}
.line.worst{color:var(--s5)}.line.median{color:var(--median)}.line.least{color:var(--before)}
.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}.s5{fill:var(--s5)}
.heat table{width:auto;font-size:.8rem;border-collapse:separate;border-spacing:2px}
.heat th,.heat td{border:0;padding:0;text-align:center;vertical-align:middle;font-weight:400}
.heat td{min-width:2.9rem;height:2.7rem;font-variant-numeric:tabular-nums;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.heat .dense td{min-width:.8rem;height:.9rem}.heat .dense{border-spacing:1px;font-size:.65rem}
.heat th[scope=row]{text-align:right;padding-right:.4rem;position:sticky;left:0;background:var(--paper);max-width:13rem}
.heat th span{color:var(--soft);margin-left:.3rem}.heat th[scope=col]{color:var(--soft)}
td.s0{background:var(--s0)}td.s1{background:var(--s1)}td.s2{background:var(--s2)}td.s3{background:var(--s3)}
td.s4{background:var(--s4);color:#fff}td.s5{background:var(--s5);color:#fff}
@media (prefers-color-scheme:dark){td.s4,td.s5{color:#12161c}}
.m0{fill:var(--m0)}.m1{fill:var(--m1)}.m2{fill:var(--m2)}.m3{fill:var(--m3)}.m4{fill:var(--m4)}.m5{fill:var(--m5)}
.map use{stroke:var(--paper);stroke-width:.5}
.shapes{position:absolute}
.map,.legend,.pair{max-width:62rem}
.best{fill:var(--good)}.allowed{fill:var(--after)}.refused{fill:var(--bad)}
.far{fill-opacity:.4}
#walk{background:var(--card);border-radius:.4rem;padding:.6rem .9rem .9rem;margin:1rem 0}
#walk output{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;font-variant-numeric:tabular-nums}
#walk ul{list-style:none;padding:0;margin:.6rem 0}
#walk li{display:grid;grid-template-columns:minmax(0,1.4fr) minmax(0,1fr) minmax(0,2fr) minmax(0,2fr);gap:.3rem .8rem;
align-items:center;padding:.25rem 0;border-bottom:1px solid var(--line)}
#walk li span{color:var(--soft);font-size:.88rem}
#walk button{font:inherit;font-size:.85rem;color:var(--accent);background:var(--paper);border:1px solid var(--soft);
border-radius:.3rem;padding:.25rem .5rem;text-align:left;cursor:pointer;font-variant-numeric:tabular-nums}
#walk button:disabled{color:var(--soft);border-color:var(--line);cursor:default}
#nodes{font-size:.84rem}#nodes td,#nodes th{min-width:0;padding-right:.5rem}#nodes td:first-child,#nodes th:first-child{position:sticky;left:0;background:var(--paper);
white-space:nowrap}#nodes .here td{background:var(--card)}
.tall{max-height:36rem;overflow-y:auto}.tall thead th{position:sticky;top:0;background:var(--paper);z-index:1}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.3rem 0;font-size:.88rem}
.key{width:.8em;height:.8em;margin-right:.4em;vertical-align:-.05em}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.4rem 1.2rem;max-width:62rem}
.entry{display:block;white-space:nowrap}
h4{font-size:.9rem;font-weight:600;margin:.5rem 0 0}
/* A shade at the edge where more can be scrolled to: covers move with the content, shades do not. */
:root{--sides:linear-gradient(to right,var(--paper) 40%,transparent) left/2.5rem 100% no-repeat local,
linear-gradient(to left,var(--paper) 40%,transparent) right/2.5rem 100% no-repeat local,
linear-gradient(to right,var(--shade),transparent) left/.7rem 100% no-repeat scroll,
linear-gradient(to left,var(--shade),transparent) right/.7rem 100% no-repeat scroll}
.wide{overflow-x:auto;margin:.8rem 0 1.4rem;background:var(--sides)}
.wide.tall{background:linear-gradient(to top,var(--paper) 40%,transparent) bottom/100% 2.5rem no-repeat local,var(--sides),
linear-gradient(to top,var(--shade),transparent) bottom/100% .7rem no-repeat scroll}
.heat{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:break-word;min-width:4.5rem}td.number{min-width:2.5rem}
th{font-weight:600;vertical-align:bottom;overflow-wrap:normal}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.number{white-space:normal}
th button{all:unset;cursor:pointer;font-weight:600}
th button:focus-visible,.wide:focus-visible,figure:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \2191"}
th[aria-sort=descending] button::after{content:" \2193"}
.filter{display:block;margin:.3rem 0;font-size:.9rem}
.filter input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:.3rem;
padding:.2rem .5rem;margin-left:.4rem;max-width:100%}
pre{background:var(--card);padding:.8rem;border-radius:.4rem;overflow-x:auto;font-size:.82rem;white-space:pre-wrap}
code{overflow-wrap:anywhere}
footer{padding-top:2rem;padding-bottom:3rem;font-size:.88rem;color:var(--soft)}
@media (max-width:30rem){body{font-size:15px}.lines text,.lines .small,.panel text,.panel .small{font-size:19px}
.panels{grid-template-columns:1fr 1fr;gap:.4rem .6rem}.heat td{min-width:2.3rem;height:2.3rem}.heat table{font-size:.72rem}
.heat th[scope=row]{max-width:6.5rem}table{font-size:.86rem}th,td{padding-right:.5rem}.number{min-width:0}.span2{grid-row:auto}
.bars{grid-template-columns:minmax(0,1fr) max-content}.name{grid-column:1/-1;text-align:left;padding:.45rem 0 .1rem}figure{overflow-x:auto}.pair{display:block}
.wide td:last-child:not(.number){min-width:9rem}.figures{grid-template-columns:1fr}
#walk li{grid-template-columns:1fr 1fr}}
@page{margin:13mm 12mm}
@media print{:root{--m0:#e3e2de;--m1:#bcd9f1;--m2:#8bbde4;--m3:#5499d0;--m4:#2574b5;--m5:#0b4a86;
--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--card:#f3f3f3;color-scheme:light}
nav,.filter,#walk{display:none}h2,h3,h4,thead,section>p{break-after:avoid}section>p{break-inside:avoid}.legend{break-before:avoid}
figure,.figures>div,.pair,.verdict,tr,.wide:not(.tall){break-inside:avoid}tr:nth-child(-n+2),tr:nth-last-child(-n+2){break-before:avoid}
html{font-size:12px}body{font-size:9.5pt}table{font-size:8.5pt}.panels{grid-template-columns:repeat(3,1fr)}.wide,.tall,.heat{overflow:visible;max-height:none;background:none}
#nodes{font-size:7pt}.small,.figures span{font-size:8pt}#nodes td,#nodes th{padding-right:.3rem}.tall thead th,#nodes :first-child{position:static;z-index:auto;background:none}th button{display:contents}
p,figcaption{orphans:3;widows:3}a{color:inherit;text-decoration:none}}
)css";
}  // namespace

std::string_view report_style() { return kStyle; }

}  // namespace throng
