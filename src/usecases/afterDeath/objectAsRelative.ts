import { type Agreement, checkRelativeWords } from '#consent'
import {
  canonicalBytes,
  dayOf,
  expectOk,
  type Instant,
  type Json,
  lastDayOf,
  type Result,
  sha256Hex,
  utf8,
} from '#kernel'
import type { ActedBy, ByAccount } from '../act.ts'
import type { Case, FromFile } from '../caseFolder.ts'
import { type Governed, govern } from '../govern.ts'
import { inPerson } from '../inPerson.ts'
import { jsonFile } from '../receipt.ts'
import { unwindable } from '../unwind.ts'
import type { World } from '../world.ts'
import { type RelativeRefusal, refuse, relativeFiles } from './refusal.ts'
import { relativeRequest } from './relativeRequest.ts'
import { relativeAsking } from './underDeath.ts'

/** Whether a relative stands against looks of relatives, and why; they alone take it back. */
export type RelativeObjection = {
  readonly says: 'object' | 'no-objection'
  readonly words: string
  readonly language: 'en' | 'zh'
}
export type RelativeSaid = Pick<RelativeObjection, 'says' | 'words'>

/**
 * A relative says that no relative is to look, or that they no longer say so. It is kept with what was signed, under a name that is no form's;
 * while it stands nobody of them looks, they included, because no rule says who is right.
 */
export async function objectAsRelative(
  world: World,
  from: FromFile<Case>,
  by: ActedBy,
  objection: RelativeObjection,
): Promise<Result<Governed<RelativeSaid>, RelativeRefusal>> {
  const account = inPerson('relative', by)
  if (!account.ok) return account
  const words = checkRelativeWords(objection.words)
  if (!words.ok) return words
  const said = { ...objection, words: words.value }
  // They look at nothing.
  const asked = relativeRequest(world, from, account.value, 'relative-objection', 'memory')
  const request = { ...asked, needs: [], hold: 'alone' as const }
  return unwindable(() =>
    govern(world, request, async ({ act }, transaction) => {
      const signed = (await transaction.listAgreements()).map(({ agreement }) => agreement)
      const former = signed.filter(({ read }) => read.form === formOf(account.value)).at(-1)
      const stands = former?.provisions[0]?.effect === 'refuse'
      if (stands === (said.says === 'object')) refuse('relative.said-already')
      const agreement = objectionOf(from.value, account.value, said, { id: act.id, at: act.instant, former })
      const sha256 = sha256Hex(expectOk(canonicalBytes(agreement as unknown as Json)))
      const isFirst = await transaction.recordAgreement({ agreement, sha256 })
      if (!isFirst) refuse('relative.said-already')
      const value = { says: said.says, words: said.words }
      return { value, outputs: new Map([[relativeFiles[1], jsonFile(value)]]), inputs: {} }
    }),
  )
}

const formOf = ({ account }: ByAccount): string => `objection-${account}`

type Given = { readonly id: string; readonly at: Instant; readonly former: Agreement | undefined }

function objectionOf(
  { subject, situation }: Case,
  by: ByAccount,
  { says, words, language }: RelativeObjection,
  { id, at, former }: Given,
): Agreement {
  return {
    ...{ id, version: (former?.version ?? 0) + 1, supersedes: former?.id ?? null, subject: subject.id },
    ...{ jurisdictions: [...situation.jurisdictions], language, from: dayOf(at), until: null, signedAt: at },
    signer: relativeSigner(by),
    ...{ coSigners: [], voice: null, witness: null, interpreter: null, forms: ['electronic', 'explicit'] },
    read: {
      ...{ form: formOf(by), formSha256: sha256Hex(utf8(words)), medium: 'screen' },
      ...{ told: [], understanding: [], previewShown: false },
    },
    base: 'refuse',
    provisions: [
      {
        ...{ effect: says === 'object' ? 'refuse' : 'permit', item: 'relatives-look' },
        ...{ purposes: null, parties: null, activities: ['access-deceased'], categories: null },
        ...{ dataFrom: null, dataUntil: null, from: null, until: null },
        ...{ minimumCohort: null, obligations: [], within: [] },
      },
    ],
    ...{ findings: [], recontact: false, afterDeath: 'not-asked', family: { tellRelatives: 'not-asked' } },
    ...{ emergency: { allowed: false, minutes: 1 }, reconsentOn: [], review: null, visas: [] },
  }
}

function relativeSigner(by: ByAccount): Agreement['signer'] {
  const { kin } = by
  if (kin === undefined) throw new Error('a relative without papers was let through')
  return {
    ...{ grantor: 'relative', giver: 'near-relatives-of-deceased', person: by.account },
    relation: relativeAsking(by)!.relation,
    authority: {
      document: sha256Hex(utf8(kin.evidence)),
      ...{ from: dayOf(kin.from), until: kin.until && lastDayOf(kin.until) },
    },
  }
}
