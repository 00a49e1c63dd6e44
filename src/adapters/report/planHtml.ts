import { utf8 } from '#kernel'
import type { Because, Plan, PlanGene, PlanMedication, PlanMissing } from '#plan'
import { escapeHtml, pageOf } from './page.ts'
import { actionWords, type Language, words, writeDay } from './words.ts'

const t = escapeHtml

/** `plan.html`: one page without scripts or anything from elsewhere, like a discharge letter; English, then Chinese. */
export function planHtml(plan: Plan): Uint8Array {
  const title = `${words.title.en} · ${words.title.zh}`
  const nav = '<nav aria-label="Language"><a href="#en">English</a> · <a href="#zh" lang="zh">中文</a></nav>'
  const body = `${nav}\n<main>\n${letter(plan, 'en')}\n${letter(plan, 'zh')}\n</main>`
  return utf8(pageOf({ title, language: 'en', body }))
}

const letter = (
  plan: Plan,
  language: Language,
): string => `<article id="${language}" lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<header>
<h1>${words.title[language]}: ${t(plan.indication)}</h1>
<p class="meta">${words.person[language]} ${t(plan.subject)} · ${words.day[language]} ${writeDay(plan.at, language)}</p>
</header>
${choiceOf(plan, language)}
${groupOf(
  words.possible[language],
  plan.medications.filter((one) => isChoosable(plan, one)),
  language,
)}
${groupOf(
  words.not[language],
  plan.medications.filter((one) => one.role === 'candidate' && !isChoosable(plan, one)),
  language,
)}
${groupOf(
  words.current[language],
  plan.medications.filter((one) => one.role === 'current' && !isChoosable(plan, one)),
  language,
)}
${missingOf(plan.missing, language)}
${genesOf(plan.genes, language)}
${preventionOf(plan, language)}
${notesOf(plan, language)}
${sourcesOf(plan, language)}
<footer><p>${words.limits[language]}</p></footer>
</article>`

const isChoosable = ({ firstChoice }: Plan, { drug }: PlanMedication): boolean =>
  firstChoice.includes(drug.name)

function choiceOf({ firstChoice }: Plan, language: Language): string {
  const [first, ...others] = firstChoice
  if (first === undefined)
    return `<section class="choice ask"><h2>? ${words.first[language]}</h2><p>${words.none[language]}</p></section>`
  const rest = others.length > 0 ? `<p>${words.next[language]} ${others.map(t).join(', ')}</p>` : ''
  return `<section class="choice good"><h2>✓ ${words.first[language]}</h2><p class="first">${t(first)}</p>${rest}</section>`
}

const groupOf = (heading: string, medications: readonly PlanMedication[], language: Language): string =>
  medications.length === 0
    ? ''
    : `<section><h2>${heading}</h2>${medications.map((one) => medicationOf(one, language)).join('\n')}</section>`

function medicationOf(medication: PlanMedication, language: Language): string {
  const { drug, action, disagreements } = medication
  const { sign, tone } = actionWords[action]
  const code = drug.atc === null ? '' : ` <small>${t(drug.atc)}</small>`
  const conflict = disagreements
    .map(({ source, action: other }) => `<li>${t(source.title)}: ${actionWords[other][language]}</li>`)
    .join('')
  return `<div class="drug ${tone}">
<h3><span class="sign" aria-hidden="true">${sign}</span> ${t(drug.name)}${code} — ${actionWords[action][language]}</h3>
${detailsOf(medication, language)}
<h4>${words.why[language]}</h4>
<ul>${medication.because.map((reason) => reasonOf(reason, language)).join('')}</ul>
${conflict === '' ? '' : `<h4>≠ ${words.conflict[language]}</h4><ul>${conflict}</ul>`}
</div>`
}

const percent = (factor: number): string => `${Math.round(factor * 100)} %`

function detailsOf(
  { dose, maxDose, startDose, suggest, test, also }: PlanMedication,
  language: Language,
): string {
  const range =
    dose &&
    (dose.factorMin === dose.factorMax
      ? percent(dose.factorMin)
      : `${percent(dose.factorMin)}–${percent(dose.factorMax)}`)
  const amount = range && (language === 'zh' ? `${words.dose.zh} ${range}` : `${range} ${words.dose.en}`)
  const lines = [
    amount,
    maxDose && `${words.atMost[language]} ${t(maxDose)}`,
    startDose && `${words.startWith[language]} ${t(startDose)}`,
    suggest.length > 0 && `${words.instead[language]}: ${suggest.map(t).join(', ')}`,
    test.length > 0 && `${words.before[language]}: ${test.map(t).join(', ')}`,
    ...also.map(
      ({ action, what }) =>
        `${action === 'monitor' ? words.watch[language] : words.gone[language]}: ${what.map(t).join(', ')}`,
    ),
  ]
  const shown = lines.filter((line): line is string => Boolean(line))
  return shown.length === 0 ? '' : `<p class="details">${shown.join(' · ')}</p>`
}

const reasonOf = ({ finding, source }: Because, language: Language): string =>
  `<li>${t(finding)} <cite>${t(source.body)}${source.year === null ? '' : ` ${source.year}`}</cite>${source.confidence === 'general-knowledge' ? ` <em>(${words.recalled[language]})</em>` : ''}</li>`

function missingOf(missing: readonly PlanMissing[], language: Language): string {
  const rows = missing.map(({ what, why, action }) => {
    const provider =
      /^(CYP|DPYD|TPMT|NUDT15|SLCO1B1|ABCG2|VKORC1|UGT1A1|HLA-|G6PD|RYR1|CACNA1S|CFTR|MT-RNR1|NAT2|IFNL3)/.test(
        what,
      )
        ? words.laboratory
        : words.ward
    return `<li><strong>${t(what)}</strong> — ${actionWords[action][language]}. ${t(why)} (${words.provider[language]}: ${provider[language]})</li>`
  })
  return `<section><h2>? ${words.missing[language]}</h2>${rows.length === 0 ? `<p>${words.nothing[language]}</p>` : `<ul>${rows.join('')}</ul>`}</section>`
}

function genesOf(genes: readonly PlanGene[], language: Language): string {
  if (genes.length === 0) return ''
  const rows = genes.map(({ gene, diplotypes, phenotypes, converted }) => {
    const found = diplotypes.length === 0 ? words.notCalled[language] : t(diplotypes.join(' / '))
    const changed = converted
      ? `; ${words.actsAs[language]} ${t(converted.to)} (${t(converted.because.join(', '))})`
      : ''
    return `<tr><th scope="row">${t(gene)}</th><td>${found}</td><td>${t(phenotypes.join(' / ')) || '–'}${changed}</td></tr>`
  })
  return `<section><h2>${words.genes[language]}</h2><table><thead><tr><th scope="col">${words.genes[language]}</th><th scope="col">${words.genotype[language]}</th><th scope="col">${words.meaning[language]}</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}

const preventionOf = ({ prevention }: Plan, language: Language): string =>
  prevention.length === 0
    ? ''
    : `<section><h2>${words.exposure[language]}</h2><ul>${prevention.map(({ condition, source }) => `<li>${t(condition)} <cite>${t(source.title)}</cite></li>`).join('')}</ul></section>`

const notesOf = ({ warnings }: Plan, language: Language): string =>
  warnings.length === 0
    ? ''
    : `<section><h2>${words.notes[language]}</h2><ul>${warnings.map(({ message }) => `<li>${t(message)}</li>`).join('')}</ul></section>`

function sourcesOf({ medications }: Plan, language: Language): string {
  const sources = new Map(
    medications.flatMap(({ because }) => because.map(({ source }) => [source.title, source] as const)),
  )
  const rows = [...sources.values()]
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(
      ({ body, title, year, url }) =>
        `<li>${t(body)}: ${t(title)}${year === null ? '' : `, ${year}`}${url === null ? '' : ` <span class="url">${t(url)}</span>`}</li>`,
    )
  return rows.length === 0
    ? ''
    : `<section class="sources"><h2>${words.sources[language]}</h2><ol>${rows.join('')}</ol></section>`
}
