import { type Fault, surroundingsFault } from '#kernel'
import { errnoOf } from './errno.ts'

type FolderFaultCode =
  | 'folder.full'
  | 'folder.denied'
  | 'folder.read-only'
  | 'folder.not-a-folder'
  | 'folder.failed'

const meanings: Readonly<Record<string, readonly [FolderFaultCode, found: string, expected: string]>> = {
  ENOSPC: ['folder.full', 'no space left on the disk', 'room for the files'],
  EDQUOT: ['folder.full', 'the disk quota used up', 'room for the files'],
  EACCES: ['folder.denied', 'no permission to write', 'a folder that this user may write'],
  EPERM: ['folder.denied', 'no permission to write', 'a folder that this user may write'],
  EROFS: ['folder.read-only', 'a read-only file system', 'a folder that can be written'],
  ENOTDIR: ['folder.not-a-folder', 'a file where a folder is needed', 'a folder'],
  EEXIST: ['folder.not-a-folder', 'a file where a folder is needed', 'a folder'],
  EISDIR: ['folder.not-a-folder', 'a folder where a file is to be written', 'a file or nothing'],
}

/** What an error of the file system means for whoever named `folder`. An error that is none is a bug and is thrown. */
export function folderFault(folder: string, error: unknown): Fault<FolderFaultCode> {
  const errno = errnoOf(error)
  if (errno === undefined) throw error
  const [code, found, expected] = meanings[errno] ?? [
    'folder.failed' as const,
    `the error ${errno}`,
    'a folder that can be written',
  ]
  return surroundingsFault(code, folder, found, expected)
}
