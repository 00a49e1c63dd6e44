// Proves that the committed tables are what the command makes. Without the facts it says so and passes,
// unless CI is set: there the facts must be present.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const shared = process.env.HABEAS_SHARED ?? '../shared'
if (!existsSync(`${shared}/README.md`)) {
  console.error(`knowledge: ${shared} is not here, the committed tables are used unproved`)
  process.exit(process.env.CI ? 1 : 0)
}
const { status } = spawnSync('npm', ['run', '--silent', 'knowledge', '--', '--check'], { stdio: 'inherit' })
process.exit(status ?? 1)
