import type { DrugNaming } from '#person'
import type { DrugEntry } from './knowledge.ts'

/** A drug of the plan. Unknown ones keep the name and code they came with. */
export type Drug = { readonly name: string; readonly atc: readonly string[]; readonly known: boolean }

export type DrugIndex = {
  readonly byName: (name: string) => Drug | undefined
  /** All drugs that the codes and names of a record lead to: a combination leads to several. */
  readonly resolve: (naming: DrugNaming) => readonly Drug[]
}

const fifthLevel = /^[A-Z]\d\d[A-Z]{2}\d\d$/

/** Looks drugs up by name, ATC and RxNorm. Names match whole and exactly, never in part. */
export function indexDrugs(entries: readonly DrugEntry[]): DrugIndex {
  const names = new Map<string, Drug>()
  const codes = new Map<string, Drug[]>()
  const file = (code: string, drug: Drug) => codes.set(code, [...(codes.get(code) ?? []), drug])
  for (const { name, synonyms, atc, rxnorm } of entries) {
    const drug = { name, atc, known: true }
    for (const one of [name, ...synonyms]) names.set(one.toLowerCase(), drug)
    for (const code of atc) file(`atc ${code}`, drug)
    for (const code of rxnorm) file(`rxnorm ${code}`, drug)
  }
  const byName = (name: string) => names.get(name.trim().toLowerCase())
  const resolve = (naming: DrugNaming): readonly Drug[] => {
    const coded = [
      ...naming.atc.flatMap((code) => codes.get(`atc ${code}`) ?? []),
      ...naming.rxnorm.flatMap((code) => codes.get(`rxnorm ${code}`) ?? []),
    ]
    const named = naming.names.flatMap((name) => byName(name) ?? [])
    const found = [...new Set([...coded, ...named])]
    return found.length > 0 ? found : unknownDrug(naming)
  }
  return { byName, resolve }
}

/** A coded drug that no table knows still has its class; free text that matches no name is not a drug we may guess. */
function unknownDrug({ names, atc, rxnorm }: DrugNaming): readonly Drug[] {
  const codes = atc.filter((code) => fifthLevel.test(code))
  const [name] = names
  if (codes.length === 0 && rxnorm.length === 0) return []
  return [{ name: name ?? codes[0] ?? `RxNorm ${rxnorm[0]}`, atc: codes, known: false }]
}

/** Whether a drug belongs to a group given by names and ATC prefixes. */
export const isIn = (drug: Drug, members: readonly string[]): boolean =>
  members.some(
    (member) =>
      member === drug.name || (/^[A-Z]\d\d/.test(member) && drug.atc.some((code) => code.startsWith(member))),
  )
