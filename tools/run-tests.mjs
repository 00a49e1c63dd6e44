// Runs every *.test.ts (or those whose path contains an argument) with node's own runner.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

const wanted = process.argv.slice(2)
const files = ['src', 'test', 'tools']
  .flatMap((root) => readdirSync(root, { recursive: true }).map((path) => `${root}/${path}`))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort()
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`)
  process.exit(2)
}
// Scenarios run the built program, so it must be built from what is here.
if (files.some((path) => path.startsWith('test/'))) {
  const built = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
const args = [
  '--import',
  'tsx',
  '--conditions=source',
  '--test',
  '--test-concurrency=2',
  '--test-reporter=spec',
]
const { status } = spawnSync(process.execPath, [...args, ...files], { stdio: 'inherit' })
process.exit(status ?? 1)
