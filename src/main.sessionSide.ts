import { Agent, get } from 'node:http'
import Fastify from 'fastify'
import { buildServer } from '#http'
import { beginSession, listAccounts } from '#usecases'
import { readPolicies } from './adapters/access/cedarPolicies.ts'
import { given, type MakeSide, readPermittedCase } from './adapters/bench/parts.ts'
import { repeatWaiting } from './adapters/bench/repeat.ts'
import { caseFolders } from './adapters/casefolder/caseFolders.ts'
import { demoOrganisation, inviteDemoPeople } from './adapters/demo/demoPeople.ts'
import { freePort, host } from './main.address.ts'
import { deskOf } from './main.desk.ts'
import { keepLawbook } from './main.lawbook.ts'
import { inProgram, readPlanPorts, version } from './main.parts.ts'
import { openSignIn } from './main.signIn.ts'

type Setting = { readonly roundMs: number; readonly dataFolder: string }

/** One client that keeps its connection, asking again and again. */
function askerAt(port: number, path: string, headers: Readonly<Record<string, string>> = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get({ host, port, path, agent, headers: { host: `localhost:${port}`, ...headers } }, (response) => {
        response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(refused)))
      }).on('error', reject)
    })
  return { ask, end: () => agent.destroy() }
}
const refused = new Error('a read that is permitted was refused')

/** A case read by somebody who has signed in: their session, their roles and the relation of care are looked up each time. */
export const signedInSide: MakeSide<Setting> = async ({ roundMs, dataFolder }, parts) => {
  const ports = given(await readPlanPorts())
  const store = await parts.store(dataFolder)
  const door = { store, clock: ports.clock, chance: ports.chance }
  const port = await freePort()
  const where = { origin: `http://localhost:${port}`, listensAt: `http://${host}:${port}` }
  const signIn = given(await openSignIn(door, { ...where, dataFolder, env: {} }))
  const desk = deskOf({
    ports,
    law: keepLawbook(ports.lawbook, undefined),
    store,
    cases: { demo: true, organisation: demoOrganisation, ...caseFolders(parts.examples) },
    policies: given(await readPolicies(inProgram('knowledge', 'access'))),
    signIn,
    recallDays: 30,
    emergencyTerms: { minutes: 60, reviewDays: 7 },
  })
  const server = await buildServer(desk, { version, site: inProgram('dist', 'web'), mostConnections: 100 })
  await server.listen({ host, port })
  await inviteDemoPeople(door)
  const clinician = (await listAccounts(door)).find(({ signInName }) => signInName === 'wang.lan')!
  const { token } = (await beginSession(door, clinician.id, 'code'))!
  const asker = askerAt(port, '/api/cases/permitted', { cookie: `habeas=${token}` })
  const close = async () => {
    asker.end()
    await server.close()
    await store.close()
  }
  return { round: () => repeatWaiting(roundMs, asker.ask), close }
}

/** The same case read from the same files by the same kind of server, for whoever asks. */
export const openReadSide: MakeSide<Setting> = async ({ roundMs }, parts) => {
  const ports = await parts.ports()
  const server = Fastify()
  server.get('/case', async () => {
    const { value } = await readPermittedCase(ports, parts.examples)
    const { situation, subject, actor, indication, candidateDrugs } = value
    const { consents, data, at, activity, purpose } = situation
    return { subject, actor, indication, candidateDrugs, consents, data, at, activity, purpose }
  })
  const port = await freePort()
  await server.listen({ host, port })
  const asker = askerAt(port, '/case')
  const close = async () => {
    asker.end()
    await server.close()
  }
  return { round: () => repeatWaiting(roundMs, asker.ask), close }
}
