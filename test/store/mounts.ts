import { spawnSync } from 'node:child_process'

/** Whether a test may mount what only it and its children see. */
export const canMount: boolean =
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0

/** Runs the shell's preparation in a mount namespace of its own, then the program. */
export const prepared = (script: string): readonly string[] => [
  'unshare',
  '-m',
  'bash',
  '-ec',
  `${script}\nexec "$@"`,
  'bash',
]
