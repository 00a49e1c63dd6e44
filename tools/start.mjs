// Until the server exists, `npm start` does the main job on an invented case and shows its result.
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const out = join(mkdtempSync(join(tmpdir(), 'habeas-start-')), 'out')
const habeas = (...args) => {
  console.log(`\n$ habeas ${args.join(' ')}`)
  const { status } = spawnSync(process.execPath, ['bin/habeas', ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 3)
}
console.log('Habeas: the main job on an invented case (examples/permitted).')
habeas('plan', 'examples/permitted', '--out', out)
habeas('verify', out)
console.log(`\nOpen ${out}/plan.html to read the plan as its reader would.`)
