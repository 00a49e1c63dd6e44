import type { Desk } from '#http'
import { ok } from '#kernel'
import { askSignature, type ConsentOut, signByPasskey, signConsent, type World } from '#usecases'
import { optionsToSign, signatureCheck } from './adapters/passkeys/signature.ts'

type Parts = { readonly world: () => World & ConsentOut; readonly origin: string }

/** The signing of a form, with a passkey of the server's origin or without. */
export function signingDeskFor({ world, origin }: Parts): Pick<Desk, 'sign' | 'askSignature'> {
  const passkeys = signatureCheck(origin)
  return {
    sign: (from, by, signing, response) =>
      response === undefined
        ? signConsent(world(), from, by, signing)
        : signByPasskey({ ...world(), passkeys }, from, by, signing, response),
    askSignature: async (from, by, signing) => {
      const asked = await askSignature(world(), from, by, signing)
      if (!asked.ok) return asked
      const options = await optionsToSign(origin, asked.value.challenge, asked.value.passkeys)
      return ok(JSON.parse(JSON.stringify(options)))
    },
  }
}
