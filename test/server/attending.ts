import { type Answer, ask, type RunningServer } from './running.ts'
import type { SoftPasskey } from './softPasskey.ts'

export type Waiting = { readonly id: string; readonly part: string; readonly at: string }
export const waitingFor = async (server: RunningServer, who: string): Promise<readonly Waiting[]> =>
  (await ask(server, 'GET', 'api/attendances', undefined, who)).body['attendances'] as Waiting[]

export const showTo = (server: RunningServer, who: string, id: string): Promise<Answer> =>
  ask(server, 'GET', `api/attendances/${id}`, undefined, who)

type Said = { readonly said: unknown; readonly language: string; readonly spoken: unknown }
/** What somebody confirms who was shown this. */
export const sayingOf = ({ body: { said, spoken } }: Answer): Said => ({ said, language: 'en', spoken })

export const askToConfirm = (server: RunningServer, who: string, id: string, saying: Said): Promise<Answer> =>
  ask(server, 'POST', `api/attendances/${id}/signature`, saying, who)

export const sendConfirmation = (
  server: RunningServer,
  who: string,
  id: string,
  saying: Said,
  response: unknown,
): Promise<Answer> =>
  ask(server, 'POST', `api/attendances/${id}/confirmation`, { ...saying, signature: { response } }, who)

/** Looks, and says so with their passkey. */
export async function confirmAs(
  server: RunningServer,
  who: string,
  key: SoftPasskey,
  id: string,
): Promise<Answer> {
  const shown = await showTo(server, who, id)
  if (shown.status !== 200) return shown
  const saying = sayingOf(shown)
  const asked = await askToConfirm(server, who, id, saying)
  return sendConfirmation(server, who, id, saying, key.answer(String(asked.body['challenge'])))
}
