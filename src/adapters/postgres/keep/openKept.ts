import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { err, type Fault, inputFault, ok, type Result, surroundingsFault } from '#kernel'
import { type DataFolder, openDataFolder } from '../../files/dataFolder.ts'
import type { Server } from '../embedded.ts'
import { faultOf, openServer, type StoreOptions } from '../openStore.ts'

/** A server and the data folder that belongs to it, for as long as `work` runs. A folder that is not there is made. */
export async function withServer<T>(
  options: StoreOptions,
  work: (server: Server, data: DataFolder) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
  try {
    const data = await openDataFolder(options.dataFolder)
    if (!data.ok) return data
    const server = await openServer(data.value, options)
    if (!server.ok) return err(sayWhoStops(server.error))
    try {
      return await work(server.value, data.value)
    } finally {
      await server.value.close()
    }
  } catch (error) {
    return err(faultOf(options.dataFolder, error))
  }
}

/** The same where nothing may be made: looking at a store must not bring one about. */
export async function withStoreThatIsThere<T>(
  options: StoreOptions,
  work: (server: Server, data: DataFolder) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
  const there = await isDataFolder(options.dataFolder)
  if (!there.ok) return there
  return withServer(options, work)
}

async function isDataFolder(folder: string): Promise<Result<undefined, Fault>> {
  const path = resolve(folder)
  const there = await stat(join(path, 'habeas.json')).catch(() => undefined)
  if (there) return ok(undefined)
  return err(inputFault('store.missing', path, 'no data folder', 'the data folder of a store'))
}

const sayWhoStops = (fault: Fault): Fault =>
  fault.code === 'store.in-use'
    ? surroundingsFault(
        'store.in-use',
        fault.where,
        fault.found,
        'a free data folder: its own database serves one process, so stop that one first (DATABASE_URL serves many)',
      )
    : fault
