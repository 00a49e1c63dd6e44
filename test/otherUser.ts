import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

const isRoot = process.getuid?.() === 0

/** Somebody else runs the sources, so every folder above them must let anybody pass. */
function canAnybodyEnter(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0
  return open && (dirname(folder) === folder || canAnybodyEnter(dirname(folder)))
}

/** Why a test that becomes another user cannot run here; false where it can. */
export const withoutOtherUser: string | false = !isRoot
  ? 'needs root, to be somebody else'
  : canAnybodyEnter(process.cwd())
    ? false
    : 'the checkout lies in a folder that nobody else may enter'

export const hasAccount = (user: string): boolean =>
  spawnSync('id', ['-u', user], { stdio: 'ignore' }).status === 0
