import { isRecord, type Json, kindOf } from '#kernel'
import { type FindingDefinition, type FindingKind, findingKinds, type Position } from './definition.ts'
import { fail } from './knowledgeFault.ts'

type Place = {
  readonly chrom: string
  readonly pos: number
  readonly rsid: string | null
  readonly ref: string
  readonly base: string
}
type Row = Omit<FindingDefinition, 'at'> & { readonly at: readonly Place[] }

/** `knowledge/genome/findings.json`, already parsed as JSON, to true types; throws what `fail` throws. */
export function readFindings(table: Json): readonly FindingDefinition[] {
  const rows = isRecord(table) ? table['findings'] : undefined
  if (!Array.isArray(rows)) fail('findings.json $.findings', kindOf(rows), 'an array')
  return withPositions(rows.map((row, i) => toRow(row, `findings.json $.findings[${i}]`)))
}

function toRow(value: unknown, where: string): Row {
  if (!isRecord(value)) fail(where, kindOf(value), 'an object')
  const { gene, name, kind, function: known, at } = value
  if (typeof gene !== 'string' || typeof name !== 'string') fail(where, 'no gene or name', 'texts')
  if (!isKind(kind)) fail(`${where}.kind`, kindOf(kind), `one of ${findingKinds.join(', ')}`)
  if (known !== null && typeof known !== 'string') fail(`${where}.function`, kindOf(known), 'text or null')
  if (!Array.isArray(at) || at.length === 0) fail(`${where}.at`, kindOf(at), 'an array of positions')
  return { gene, name, kind, function: known, at: at.map((place, i) => toPlace(place, `${where}.at[${i}]`)) }
}

const isKind = (value: unknown): value is FindingKind => findingKinds.some((kind) => kind === value)

function toPlace(value: unknown, where: string): Place {
  const [chrom, pos, rsid, ref, base] = Array.isArray(value) ? value : []
  if (typeof chrom !== 'string' || !Number.isSafeInteger(pos))
    fail(where, kindOf(value), 'chromosome and position')
  if (rsid !== null && typeof rsid !== 'string') fail(where, kindOf(rsid), 'an rsid or null')
  if (typeof ref !== 'string' || typeof base !== 'string') fail(where, kindOf(value), 'two bases')
  return { chrom, pos, rsid, ref, base }
}

/** A position knows every base that some finding looks for there. */
function withPositions(rows: readonly Row[]): readonly FindingDefinition[] {
  const keyOf = ({ chrom, pos }: Place) => `${chrom}:${pos}`
  const positions = new Map<string, Position>()
  for (const place of rows.flatMap(({ at }) => at)) {
    const { chrom, pos, rsid, ref, base } = place
    const key = keyOf(place)
    const known = positions.get(key)?.alts ?? []
    const alts = base === ref || known.includes(base) ? known : [...known, base]
    positions.set(key, { key, chrom, pos, rsid, ref, alts })
  }
  return rows.map((row) => ({
    ...row,
    at: row.at.map((place) => ({ position: positions.get(keyOf(place))!, base: place.base })),
  }))
}
