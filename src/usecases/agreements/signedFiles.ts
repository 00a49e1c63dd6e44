import type { Agreement, ConsentSignature } from '#consent'
import { canonicalBytes, dayOf, expectOk, type Json, sha256Hex } from '#kernel'
import type { Files } from '../act.ts'
import type { ActTransaction } from '../ports.ts'
import { jsonFile } from '../receipt.ts'
import type { ConsentOut } from './consentOut.ts'
import type { Form } from './form.ts'

/** What is given out with the receipt of a signature: what was signed, the form in its very words, both for systems that read FHIR, and how it was signed. */
export const signedFiles = [
  'agreement.json',
  'form.json',
  'consent-r4.json',
  'consent-r5.json',
  'signature.json',
] as const

type Signed = {
  readonly agreement: Agreement
  readonly form: Form
  readonly signature: ConsentSignature
}

export function filesOf({ consentOut }: ConsentOut, { agreement, form, signature }: Signed): Files {
  const out = (version: 'R4' | 'R5') =>
    consentOut({ agreement, events: [] }, version, dayOf(agreement.signedAt))
  return new Map([
    [signedFiles[0], jsonFile(agreement)],
    [signedFiles[1], jsonFile(form)],
    [signedFiles[2], jsonFile(out('R4'))],
    [signedFiles[3], jsonFile(out('R5'))],
    [signedFiles[4], jsonFile(signature)],
  ])
}

/** False: something has taken the place of what it replaces. */
export const keep = (
  transaction: ActTransaction,
  agreement: Agreement,
  signature: ConsentSignature,
): Promise<boolean> => {
  const sha256 = sha256Hex(expectOk(canonicalBytes(agreement as unknown as Json)))
  return transaction.recordAgreement({ agreement, sha256 }, signature)
}
