/** What a source says to do with a drug, as codes of the closed vocabulary; absent members have their default. */
export type StatementRow = {
  readonly action: string
  readonly contexts?: readonly string[]
  readonly factor?: readonly [min: number, max: number]
  readonly max?: string
  readonly start?: string
  readonly appliesTo?: string
  readonly suggest?: readonly string[]
  readonly test?: readonly string[]
  readonly monitor?: readonly string[]
}

const actions = [
  'contraindicated',
  'avoid',
  'alternative',
  'duplicate-therapy',
  'stop-or-switch-interacting',
  'test-first',
  'insufficient-data',
  'reduce-dose',
  'start-low',
  'increase-dose',
  'monitor',
  'standard',
  'no-guidance',
]

/**
 * Reads the reviewed notation: `[context] action factor part max=… start=… suggest=a,b; monitor x, y | …`. Alternatives
 * between bars hold in different contexts; what follows `test-first` or `insufficient-data` is what to ask for.
 */
export const parseStatements = (text: string): StatementRow[] => text.split(' | ').map(parseStatement)

function parseStatement(text: string): StatementRow {
  const [, context, rest] = /^(?:\[([a-z0-9-]+)\] )?(.+)$/.exec(text) ?? []
  const [head = '', monitorPart] = (rest ?? '').split('; monitor ')
  const [action = '', ...words] = head.split(' ')
  if (!actions.includes(action)) throw new Error(`no action in "${text}"`)
  const base = { action, ...(context ? { contexts: [context] } : {}), ...monitorsOf(monitorPart) }
  const tail = words.join(' ')
  if (action === 'monitor') return { ...base, monitor: listOf(tail) }
  if (action === 'test-first' || action === 'insufficient-data') return { ...base, test: listOf(tail) }
  return { ...base, ...parametersOf(tail, text) }
}

const monitorsOf = (text: string | undefined) => (text === undefined ? {} : { monitor: listOf(text) })
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

const named = / ?(max|start|suggest)=(.+?)(?= (?:max|start|suggest)=| (?:start|maintenance|loading)$|$)/g

function parametersOf(tail: string, whole: string): Partial<StatementRow> {
  const found: { max?: string; start?: string; suggest?: string[] } = {}
  const rest = tail.replace(named, (_, key: string, value: string) => {
    const plain = value.replace(/ (start|maintenance|loading)$/, '')
    if (key === 'suggest') found.suggest = listOf(plain)
    else found[key as 'max' | 'start'] = plain
    return value === plain ? '' : ` ${value.slice(plain.length + 1)}`
  })
  const words = rest.split(' ').filter(Boolean)
  const part = words.find((word) => ['start', 'maintenance', 'loading'].includes(word))
  const numbers = words.find((word) => /^[\d.]+(-[\d.]+)?$/.test(word))
  if (words.some((word) => word !== part && word !== numbers)) throw new Error(`not understood: "${whole}"`)
  const [min, max = min] = (numbers ?? '').split('-').map(Number)
  return {
    ...(numbers ? { factor: [min!, max!] as const } : {}),
    ...found,
    ...(part ? { appliesTo: part } : {}),
  }
}
