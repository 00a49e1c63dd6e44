import { type Operation, operations, type Role, type Rule, relations, roles, table } from '#access'

const opening = `# Who may call what

Made by \`npm run access\` from \`src/access/table.ts\`; the policies in \`knowledge/access\` say the same, and tests ask them, and the
running server, for every cell. What is not marked is refused: to somebody without the role as 403 \`access.role\`, to somebody
who does not stand so to the person as 404, as if it were not there.

Relations, closest first: **self** (it is about them), **represents** (they act for the person), **relative** (they show kinship;
the gate asks whether the person has died), **care** (a relation of care is on record and runs), **organisation** (they work where
the case is), **none**. A clinician without care may ask for a plan and is refused by the gate, with the reason, unless they have opened the record in an emergency, and the case is one.
`

/** The table of access as a page: first what needs no role, then role × relation for all others. */
export function accessPage(): string {
  const of = (kind: Rule['kind']): readonly Operation[] =>
    operations.filter((name) => table[name].kind === kind)
  return [
    opening,
    `## Open to everybody\n\n${listOf(of('open'))}\n`,
    `## For whoever has signed in\n\n${listOf(of('signed-in'))}\n`,
    `## By role, whomever it is about\n\n${of('role').map(rolesOf).join('\n')}\n`,
    `## By role and relation\n\n${cellsOf(of('cells'))}`,
    `## Through an application only, within its scopes and for one person\n\n${cellsOf(of('app'))}`,
  ].join('\n')
}

const listOf = (names: readonly Operation[]): string => names.map((name) => `\`${name}\``).join(', ')

function rolesOf(name: Operation): string {
  const rule = table[name]
  return `- \`${name}\`: ${rule.kind === 'role' ? rule.roles.join(', ') : ''}; it holds what \`readCase\` lets them read`
}

function cellsOf(names: readonly Operation[]): string {
  const head = ['role', 'relation', ...names.map((name) => `\`${name}\``)]
  const rows = roles.flatMap((role) =>
    relations
      .filter((relation) => names.some((name) => marks(name, role, relation)))
      .map((relation) => [
        role,
        relation,
        ...names.map((name) => (marks(name, role, relation) ? 'yes' : '')),
      ]),
  )
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((text, i) => text.padEnd(widths[i]!)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  return `${[head, rule, ...rows].map(line).join('\n')}\n`
}

function marks(name: Operation, role: Role, relation: (typeof relations)[number]): boolean {
  const rule = table[name]
  return (rule.kind === 'cells' || rule.kind === 'app') && rule.cells.includes(`${role} ${relation}`)
}
