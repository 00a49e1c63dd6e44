/** A row in PostgreSQL's text format of COPY: fields between tabs, `\N` for NULL, one line per row. */
export type TextRow = readonly (string | null)[]

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Undefined for a line that COPY … TO would not write. */
export function parseCopyLine(line: string, columns: number): TextRow | undefined {
  const fields = line.split('\t')
  if (fields.length !== columns) return undefined
  const row = fields.map((field) => (field === '\\N' ? null : meantBy(field)))
  return row.includes(undefined) ? undefined : (row as TextRow)
}

function meantBy(field: string): string | undefined {
  if (!field.includes('\\')) return field
  let known = true
  const text = field.replace(/\\(.?)/gs, (_, letter: string) => {
    const meant = escapes[letter]
    known &&= meant !== undefined
    return meant ?? ''
  })
  return known ? text : undefined
}
