import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, type Fault, type Result, surroundingsFault } from '#kernel'
import { loadNormBase, type NormBase } from '#law'

/** The norms of a folder, every `.yaml` in it; a folder that cannot be read is the surroundings' fault. */
export async function readNormBase(folder: string): Promise<Result<NormBase, Fault>> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
    const files = await Promise.all(
      names.map(async (name) => ({
        file: join(folder, name),
        text: await readFile(join(folder, name), 'utf8'),
      })),
    )
    return loadNormBase(files)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    return err(surroundingsFault('norms.unreadable', folder, code, 'a readable folder of norms'))
  }
}
