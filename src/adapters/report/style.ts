/** Reads in light and dark, on a small phone and on paper; nothing is fetched. */
export const style = `
:root { --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --harm: #b42318; --care: #8a4b00; --ask: #3538cd; --good: #116329; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #15191e; --soft: #9da7b3; --line: #3a424c; --harm: #ff9b92; --care: #f0b35f; --ask: #a4bcfd; --good: #6fdd8b; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Noto Sans CJK SC", "Noto Sans", sans-serif }
nav { padding: .6rem 1.2rem; border-bottom: 1px solid var(--line) }
a { color: var(--ask) }
main { display: grid; gap: 2.5rem; padding: 1.2rem; max-width: 92rem; margin: 0 auto }
@media (min-width: 70rem) { main { grid-template-columns: 1fr 1fr } }
article { min-width: 0 }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .5rem }
h3 { font-size: 1rem; margin: 0 }
h4 { font-size: .85rem; margin: .6rem 0 0; color: var(--soft) }
.meta, small, cite, .url { color: var(--soft); font-style: normal; font-size: .85rem; overflow-wrap: anywhere }
cite::before { content: "— " }
.choice { border: 2px solid; border-radius: .5rem; padding: .2rem 1rem .8rem; margin-top: 1.2rem }
.choice h2 { margin-top: .6rem }
.first { font-size: 1.6rem; font-weight: 700; margin: 0 }
.drug { border-left: .35rem solid var(--line); padding: .1rem 0 .1rem .9rem; margin: 0 0 1.1rem; break-inside: avoid }
.details { margin: .25rem 0 0; font-weight: 600 }
ul, ol { margin: .2rem 0; padding-left: 1.3rem }
.harm { border-color: var(--harm) } .harm > h3, .harm .sign { color: var(--harm) }
.care { border-color: var(--care) } .care > h3 { color: var(--care) }
.ask { border-color: var(--ask) } .ask > h3, .ask > h2 { color: var(--ask) }
.good { border-color: var(--good) } .good > h3, .good > h2 { color: var(--good) }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line) }
.sources { font-size: .85rem } footer { margin-top: 1.5rem; color: var(--soft) }
@media print { nav { display: none } main { display: block; padding: 0 } article + article { break-before: page } }
`
