import { err, type Fault, inputFault, isRecord, jsonPath, kindOf, ok, type Result } from '#kernel'
import { isOwnUrl } from './codes.ts'
import type { Lost } from './lost.ts'

type Agreed = Result<readonly Lost[], Fault>
const differs = (where: string, found: string, expected: string) =>
  err(inputFault('consent.otherwise', where, found, expected))

/**
 * Members that tell of the resource, or show it, and change nothing of what is permitted or refused (R4 and R5 “Resource”,
 * “DomainResource”, “Element”, “Consent”). Whatever else is there beside what was signed is refused: a part that narrows a permission
 * must not be passed over, and one that narrows a refusal neither.
 */
const neutral = new Set([
  ...['id', 'meta', 'text', 'contained', 'extension', 'identifier'],
  ...['display', 'userSelected', 'verification', 'sourceAttachment'],
])

/** Holds a resource against what we would write of the same agreement. What it says beyond, and harmlessly, comes back. */
export function agreeWith(given: unknown, written: unknown, where: string): Agreed {
  if (Array.isArray(written)) return agreeLists(given, written, where)
  if (isRecord(written)) return agreeMembers(given, written, where)
  if (given === written) return ok([])
  const found = given === undefined ? 'nothing' : 'something else'
  return differs(where, found, 'what follows from what was signed')
}

function agreeLists(given: unknown, written: readonly unknown[], where: string): Agreed {
  if (!Array.isArray(given)) return differs(where, kindOf(given), 'a list')
  if (given.length !== written.length)
    return differs(where, `${given.length} parts`, `${written.length}, as it was signed`)
  return agreeAll(written.map((part, i) => () => agreeWith(given[i], part, `${where}[${i}]`)))
}

/** All that is harmless, or the first that is not. */
function agreeAll(checks: readonly (() => Agreed)[]): Agreed {
  const all: Lost[] = []
  for (const check of checks) {
    const found = check()
    if (!found.ok) return found
    for (const one of found.value) all.push(one)
  }
  return ok(all)
}

function agreeMembers(given: unknown, written: { readonly [name: string]: unknown }, where: string): Agreed {
  if (!isRecord(given)) return differs(where, kindOf(given), 'an object')
  const names = new Set([...Object.keys(written), ...Object.keys(given)])
  return agreeAll([...names].map((name) => () => agreeMember(name, given, written, where)))
}

function agreeMember(
  name: string,
  given: { readonly [name: string]: unknown },
  written: { readonly [name: string]: unknown },
  where: string,
): Agreed {
  const place = where + jsonPath([name])
  const [theirs, ours] = [given, written].map((one) => (Object.hasOwn(one, name) ? one[name] : undefined))
  if ((name === 'extension' || name === 'identifier') && Array.isArray(ours ?? []) && Array.isArray(theirs))
    return agreeOpen(theirs, (ours ?? []) as readonly unknown[], place)
  if (neutral.has(name) && (ours === undefined || name === 'id'))
    return theirs === ours || theirs === undefined ? ok([]) : ok([{ path: place, what: 'not kept' }])
  if (ours !== undefined) return agreeWith(theirs, ours, place)
  return differs(
    place,
    'a part that changes the meaning and is not understood',
    'nothing beyond what was signed',
  )
}

/** Lists to which others may add: ours are there once and in their order, and what is added is not in our name. */
function agreeOpen(theirs: readonly unknown[], ours: readonly unknown[], where: string): Agreed {
  const placed = theirs.map((value, i) => ({ value, place: `${where}[${i}]` }))
  const mine = placed.filter(({ value }) => isOurs(value))
  const others = placed.filter(({ value }) => !isOurs(value))
  if (mine.length !== ours.length)
    return differs(where, `${mine.length} of ours`, `${ours.length}, as it was signed`)
  const agreed = agreeAll(ours.map((one, i) => () => agreeOwn(mine[i]!.value, one, mine[i]!.place)))
  return agreed.ok
    ? ok([...agreed.value, ...others.map(({ place }) => ({ path: place, what: 'not kept' }))])
    : agreed
}

/** What an extension carries was read place by place; here it is enough that it is that one. */
const agreeOwn = (given: unknown, written: unknown, where: string): Agreed =>
  isRecord(given) && isRecord(written) && 'extension' in written
    ? agreeWith(given['url'], written['url'], `${where}.url`)
    : agreeWith(given, written, where)

function isOurs(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { url, system } = value
  return (
    (typeof url === 'string' && isOwnUrl(url)) ||
    (typeof system === 'string' && system.startsWith('urn:habeas:'))
  )
}
